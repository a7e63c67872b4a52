import ts from 'typescript';
import { inRoot } from './addon-headers.js';

/**
 * Compiles programs as a user's project would that has rxvirt, and returns what the compiler says about them.
 * @param programs The text of each program by a name that no file of the project has.
 */
export function typeCheck(programs: ReadonlyMap<string, string>): readonly string[] {
  const texts = new Map([...programs].map(([name, text]) => [inRoot(`${name}.ts`), text]));
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts'],
    types: ['node'],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    skipLibCheck: true,
  };
  const files = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...files,
    fileExists: (path) => texts.has(path) || files.fileExists(path),
    readFile: (path) => texts.get(path) ?? files.readFile(path),
    getSourceFile: (path, language, ...rest) => {
      const text = texts.get(path);
      return text === undefined
        ? files.getSourceFile(path, language, ...rest)
        : ts.createSourceFile(path, text, language);
    },
  };
  const program = ts.createProgram([...texts.keys()], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(
      (diagnostic) => `${at(diagnostic)}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ')}`,
    );
}

function at({ file, start }: ts.Diagnostic): string {
  if (file === undefined || start === undefined) return 'the options';
  return `${file.fileName.replace(inRoot(''), '')}, line ${file.getLineAndCharacterOfPosition(start).line + 1}`;
}
