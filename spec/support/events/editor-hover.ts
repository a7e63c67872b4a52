import ts from 'typescript';
import { inRoot } from '../programs/addon-headers.js';

const options: ts.CompilerOptions = {
  module: ts.ModuleKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts'],
  types: ['node'],
  strict: true,
  skipLibCheck: true,
};

/**
 * What an editor shows of names in a program: the comment of each, without its type.
 * @param program TypeScript of a file in the root of this project; each `/*?*\/` stands before a name.
 */
export function commentsShown(program: string): readonly string[] {
  const file = inRoot('program-in-an-editor.ts');
  const service = ts.createLanguageService({
    getScriptFileNames: () => [file],
    getScriptVersion: () => '1',
    getScriptSnapshot: (path) => {
      const text = path === file ? program : ts.sys.readFile(path);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => inRoot(''),
    getCompilationSettings: () => options,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (path) => path === file || ts.sys.fileExists(path),
    readFile: (path) => ts.sys.readFile(path),
    directoryExists: (path) => ts.sys.directoryExists(path),
    getDirectories: (path) => ts.sys.getDirectories(path),
  });
  const [problem] = service.getSemanticDiagnostics(file);
  if (problem !== undefined) throw new Error(ts.flattenDiagnosticMessageText(problem.messageText, '\n'));
  const marks = [...program.matchAll(/\/\*\?\*\//g)].map((mark) => mark.index + mark[0].length);
  const shown = marks.map((position) => {
    const { documentation } = service.getQuickInfoAtPosition(file, position) ?? {};
    return ts.displayPartsToString(documentation);
  });
  service.dispose();
  return shown;
}
