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
 * The comments that an editor shows for names in a program, without the types.
 * @param program TypeScript code, as of a file in the root of this project. `/*?*\/` marks the name after it.
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
