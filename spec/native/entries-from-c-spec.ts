import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';

const directory = new URL('../../../addon/', import.meta.url);
const files = readdirSync(directory, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(cc|h)$/.test(name))
  .map((name) => ({ name, code: withoutComments(readFileSync(new URL(name, directory), 'utf8')) }));

function withoutComments(code: string): string {
  return code.replace(/\/\/.*$/gm, '').replace(/"(?:[^"\\\n]|\\.)*"/g, '""');
}

/** The names of a file's free functions and static member functions. */
function functionsOf(code: string): Set<string> {
  const types = new Set(
    [...code.matchAll(/\b(?:class|struct|template <typename) (\w+)/g)].map(([, name]) => name),
  );
  const definitions = code.matchAll(
    /^ *(?:static )?(?:const )?[\w:]\S*(?: \S+)* [*&]?([A-Z]\w*)\([^;{}]*\)(?: noexcept)? ?[{;]/gm,
  );
  return new Set([...definitions].map(([, name]) => name ?? '').filter((name) => !types.has(name)));
}

interface Finding {
  readonly file: string;
  readonly code: string;
}

/**
 * Finds functions that are named without being called. A template argument is fine: FromC or node-addon-api wraps it.
 */
function bareFunctionPointers({ name: file, code }: { name: string; code: string }): Finding[] {
  const line = (at: number) => code.slice(code.lastIndexOf('\n', at) + 1, code.indexOf('\n', at)).trim();
  return [...functionsOf(code)].flatMap((name) =>
    [...code.matchAll(new RegExp(`(?<![\\w:.<]|->)${name}(?= *[,;)}])`, 'g'))]
      .map(({ index }) => ({ file, code: line(index) }))
      .filter((finding) => !finding.code.startsWith('NODE_API_MODULE')),
  );
}

/** The arguments of all calls of libuv, libvirt and Node-API. */
function argumentsToC(code: string): string[] {
  return [...code.matchAll(/\b(?:uv_|vir[A-Z]|napi_)\w*\(/g)].flatMap(({ 0: call, index }) =>
    splitArguments(code, index + call.length),
  );
}

function splitArguments(code: string, start: number): string[] {
  const found = [''];
  let depth = 0;
  for (let at = start; at < code.length; at++) {
    const letter = code.charAt(at);
    if (letter === ')' && depth === 0) break;
    if ('([{'.includes(letter)) depth++;
    if (')]}'.includes(letter)) depth--;
    if (letter === ',' && depth === 0) found.push('');
    else found.push(`${found.pop() ?? ''}${letter}`);
  }
  return found.map((each) => each.trim());
}

/** Finds lambdas that a C library would call. */
function lambdasForC({ name: file, code }: { name: string; code: string }): Finding[] {
  const given = argumentsToC(code).filter((argument) => /^(?:\+|\w+<.*>\()?\s*\[/.test(argument));
  const converted = [...code.matchAll(/[=(,]\s*\+\[.*/g)].map(([text]) => text);
  return [...given, ...converted].map((each) => ({ file, code: each }));
}

describe('the functions of the addon that C libraries call', () => {
  it('should all be made by FromC, which lets no exception into their frames', () => {
    expect(files.flatMap(bareFunctionPointers)).to.deep.equal([]);
    expect(files.flatMap(lambdasForC)).to.deep.equal([]);
  });

  it('should be found by this spec when they are not made by FromC', () => {
    const bare = `
      static void OnPoll(uv_poll_t* poll, int status, int events);
      void OnClosed(uv_handle_t* closed) { delete closed; }
      int OnLifecycle(virConnectPtr, virDomainPtr domain, int event, int detail, void* opaque) {
        return 0;
      }
      void Start() {
        uv_poll_start(poll, UV_READABLE, OnPoll);
        uv_close(handle, &OnClosed);
        const Callback callback = OnLifecycle;
        uv_close(handle, [](uv_handle_t* closed) { delete closed; });
        const auto close = +[](uv_handle_t*) {};
      }`;
    expect(bareFunctionPointers({ name: '', code: bare }).map(({ code }) => code)).to.deep.equal([
      'uv_poll_start(poll, UV_READABLE, OnPoll);',
      'uv_close(handle, &OnClosed);',
      'const Callback callback = OnLifecycle;',
    ]);
    expect(lambdasForC({ name: '', code: bare })).to.have.length(2);
    const whole = 'void OnClosed(uv_handle_t*) {}\nvoid End() { uv_close(handle, FromC<OnClosed>); }';
    expect(bareFunctionPointers({ name: '', code: whole })).to.deep.equal([]);
  });

  it('should be more than 20, some of them for each of libuv, libvirt and Node-API', () => {
    const entries = files.flatMap(({ code }) => [...code.matchAll(/FromC<(\w+)>/g)].map(([, name]) => name));
    expect(entries).to.include.members([
      'OnPoll',
      'OnAsync',
      'OnEnvironmentEnd',
      'AddHandle',
      'OnConnectionClosed',
    ]);
    expect(entries.length).to.be.above(20);
  });
});
