import ts from 'typescript';
import { inRoot } from '../programs/addon-headers.js';
import type { Kind } from './kinds.js';

/** A method that answers with a promise. */
export interface Method {
  /** The name of its class. */
  readonly owner: string;
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly kind: Kind }[];
}

/** The methods of the classes that users see, from the types that users get. */
export function methodsWithPromises(owners: readonly string[]): Method[] {
  const entry = inRoot('dist/lib/index.d.ts');
  const program = ts.createProgram([entry], {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    types: ['node'],
    strict: true,
    exactOptionalPropertyTypes: false,
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(entry);
  const index = source && checker.getSymbolAtLocation(source);
  if (index === undefined) throw new Error(`${entry} exports nothing`);
  const exported = checker.getExportsOfModule(index);
  return owners.flatMap((owner) => {
    const symbol = exported.find(({ name }) => name === owner);
    if (symbol === undefined) throw new Error(`there is no class ${owner}`);
    return methodsOf(checker, owner, checker.getDeclaredTypeOfSymbol(unaliased(checker, symbol)));
  });
}

const unaliased = (checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol =>
  symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;

function methodsOf(checker: ts.TypeChecker, owner: string, type: ts.Type): Method[] {
  return checker.getPropertiesOfType(type).flatMap((property): Method[] => {
    const isPublic =
      (ts.getCombinedModifierFlags(property.valueDeclaration as ts.Declaration) &
        ts.ModifierFlags.NonPublicAccessibilityModifier) ===
      0;
    const signature = checker.getTypeOfSymbol(property).getCallSignatures().at(-1);
    if (
      !isPublic ||
      property.name.startsWith('_') ||
      signature?.getReturnType().getSymbol()?.name !== 'Promise'
    )
      return [];
    const parameters = signature
      .getParameters()
      .map((parameter) => ({ name: parameter.name, kind: kindOf(checker, parameter) }));
    return [{ owner, name: property.name, parameters }];
  });
}

function kindOf(checker: ts.TypeChecker, symbol: ts.Symbol): Kind {
  const declaration = symbol.valueDeclaration;
  const isOptional =
    declaration !== undefined && ts.isParameter(declaration) && checker.isOptionalParameter(declaration);
  const kind = kindOfType(checker, checker.getTypeOfSymbol(symbol));
  return isOptional ? { is: 'any of', kinds: [kind, { is: 'nothing' }] } : kind;
}

const kindsOfFlags: readonly (readonly [ts.TypeFlags, Kind])[] = [
  [ts.TypeFlags.String, { is: 'text' }],
  [ts.TypeFlags.Number, { is: 'number' }],
  [ts.TypeFlags.BigInt, { is: 'bigint' }],
  [ts.TypeFlags.Boolean, { is: 'boolean' }],
  [ts.TypeFlags.Undefined, { is: 'nothing' }],
];

function kindOfType(checker: ts.TypeChecker, type: ts.Type): Kind {
  const plain = kindsOfFlags.find(([flag]) => (type.flags & flag) !== 0)?.[1];
  if (plain !== undefined) return plain;
  if ((type.flags & ts.TypeFlags.Null) !== 0) return { is: 'word', word: null };
  if (type.isUnion()) return { is: 'any of', kinds: type.types.map((each) => kindOfType(checker, each)) };
  if (type.isStringLiteral() || type.isNumberLiteral()) return { is: 'word', word: type.value };
  const text = checker.typeToString(type);
  if (text === 'true' || text === 'false') return { is: 'word', word: text === 'true' };
  if (text.startsWith('Uint8Array')) return { is: 'bytes' };
  const item = checker.isArrayType(type) ? checker.getTypeArguments(type as ts.TypeReference)[0] : undefined;
  if (item !== undefined) return { is: 'array', of: kindOfType(checker, item) };
  if (type.getCallSignatures().length > 0) return { is: 'function' };
  const fields = checker.getPropertiesOfType(type);
  const hasMethods = fields.some(({ flags }) => (flags & ts.SymbolFlags.Method) !== 0);
  if (hasMethods || type.isTypeParameter() || fields.length === 0) return { is: 'other', type: text };
  return { is: 'object', fields: new Map(fields.map((field) => [field.name, kindOf(checker, field)])) };
}
