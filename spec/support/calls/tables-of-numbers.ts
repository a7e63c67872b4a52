import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';

/** A table of flags in lib/, or a list of words, and which of libvirt's enumerations its comment names. */
export interface TableOfNumbers {
  /** Such as `lib/domain/lifecycle.ts: startFlags`. */
  readonly title: string;
  readonly kind: 'flags' | 'words';
  readonly enumerations: readonly string[];
  /** Each number, and the option or the word that stands for it. The other half of a pair has the word `!option`. */
  readonly numbers: readonly { readonly word: string; readonly number: number }[];
  /** Whether all numbers come from another table. */
  readonly isCopied: boolean;
}

/** All tables of flags in lib/ (constants of the type Flags), and lists of words whose comment names an enumeration. */
export function tablesOfNumbers(): TableOfNumbers[] {
  const files = readdirSync('lib', { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  return files.sort().flatMap((name) => tablesIn(join('lib', name)));
}

function tablesIn(path: string): TableOfNumbers[] {
  return constantsOf(path).flatMap(({ name, comment, type, value }): TableOfNumbers[] => {
    const kind = type?.startsWith('Flags<') === true ? 'flags' : 'words';
    const enumerations = comment.match(/\bvir[A-Z]\w+/g) ?? [];
    const title = `${path}: ${name}`;
    if (kind === 'flags') {
      const numbers = flagsIn(value, path);
      return [{ title, kind, enumerations, numbers, isCopied: isCopied(value, path) }];
    }
    const words = wordsIn(value);
    return words === undefined || enumerations.length === 0
      ? []
      : [{ title, kind, enumerations, numbers: words.map(numbered), isCopied: false }];
  });
}

const numbered = (word: string, number: number) => ({ word, number });

function isCopied(table: ts.Expression, path: string): boolean {
  return (
    ts.isObjectLiteralExpression(table) &&
    table.properties
      .filter(ts.isPropertyAssignment)
      .every((property) => numbersIn(property, path).length === 0)
  );
}

interface Constant {
  readonly name: string;
  readonly comment: string;
  readonly type: string | undefined;
  readonly value: ts.Expression;
}

const sources = new Map<string, ts.SourceFile>();

function sourceOf(path: string): ts.SourceFile {
  let source = sources.get(path);
  if (source === undefined) {
    source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
    sources.set(path, source);
  }
  return source;
}

function constantsOf(path: string): Constant[] {
  return sourceOf(path).statements.flatMap((statement) => {
    if (!ts.isVariableStatement(statement)) return [];
    // The nearest comment: the one before may belong to the file.
    const comment = ts.getJSDocCommentsAndTags(statement).at(-1)?.getText() ?? '';
    return statement.declarationList.declarations.flatMap(({ name, type, initializer }) =>
      initializer === undefined
        ? []
        : [{ name: name.getText(), comment, type: type?.getText(), value: bare(initializer) }],
    );
  });
}

type Numbers = TableOfNumbers['numbers'];

function flagsIn(table: ts.Expression, path: string): Numbers {
  if (!ts.isObjectLiteralExpression(table)) throw new Error(`no table: ${table.getText()}`);
  return table.properties.flatMap((property) => numbersIn(property, path));
}

function numbersIn(property: ts.ObjectLiteralElementLike, path: string): Numbers {
  if (ts.isSpreadAssignment(property)) return flagsIn(...constantNamed(property.expression.getText(), path));
  if (!ts.isPropertyAssignment(property)) throw new Error(`no flag: ${property.getText()}`);
  return numbersOf(wordOf(property.name), bare(property.initializer));
}

function numbersOf(word: string, flag: ts.Expression): Numbers {
  if (flag.kind === ts.SyntaxKind.NullKeyword) return [];
  if (ts.isArrayLiteralExpression(flag)) {
    const [yes = 0, no = 0] = flag.elements.map(numberOf);
    return [
      { word, number: yes },
      { word: `!${word}`, number: no },
    ];
  }
  if (!ts.isObjectLiteralExpression(flag)) return [{ word, number: numberOf(flag) }];
  return flag.properties.flatMap((property) => {
    if (!ts.isPropertyAssignment(property)) throw new Error(`no flag: ${property.getText()}`);
    const name = wordOf(property.name);
    return numbersOf(name === 'anyOf' ? word : name, bare(property.initializer));
  });
}

function numberOf(node: ts.Expression): number {
  const expression = bare(node);
  if (ts.isNumericLiteral(expression)) return Number(expression.text);
  if (ts.isBinaryExpression(expression)) {
    const [left, right] = [numberOf(expression.left), numberOf(expression.right)];
    if (expression.operatorToken.kind === ts.SyntaxKind.LessThanLessThanToken) return (left << right) >>> 0;
    if (expression.operatorToken.kind === ts.SyntaxKind.AsteriskAsteriskToken) return left ** right;
  }
  throw new Error(`no number: ${expression.getText()}`);
}

function wordsIn(list: ts.Expression): string[] | undefined {
  if (!ts.isArrayLiteralExpression(list)) return undefined;
  const words = list.elements.filter(ts.isStringLiteral).map(({ text }) => text);
  return words.length === list.elements.length ? words : undefined;
}

/** A constant of this file, or one that it imports, and the file where that is. */
function constantNamed(name: string, path: string): [ts.Expression, string] {
  const own = constantsOf(path).find((each) => each.name === name);
  if (own !== undefined) return [own.value, path];
  for (const statement of sourceOf(path).statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const names = statement.importClause?.namedBindings;
    if (names === undefined || !ts.isNamedImports(names)) continue;
    if (!names.elements.some((element) => element.name.text === name)) continue;
    const from = join(dirname(path), statement.moduleSpecifier.text.replace(/\.js$/, '.ts'));
    return constantNamed(name, from);
  }
  throw new Error(`${resolve(path)} has no ${name}`);
}

const wordOf = (name: ts.PropertyName): string => (ts.isStringLiteral(name) ? name.text : name.getText());

/** Without `satisfies` and `as const`. */
function bare(expression: ts.Expression): ts.Expression {
  if (ts.isSatisfiesExpression(expression) || ts.isAsExpression(expression))
    return bare(expression.expression);
  return expression;
}
