import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { Connection } from '../../lib/index.js';
import { native, type ConnectionHandle } from '../../lib/native.js';
import { addRoute, removeRoute } from '../../lib/native/receivers.js';

const lib = new URL('../../../lib/', import.meta.url);

/** The functions that the library calls by their names. */
function calledFunctions(): string[] {
  const sources = readdirSync(lib, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const texts = sources.map((name) => readFileSync(new URL(name, lib), 'utf8'));
  const names = texts.flatMap((text) => [
    ...text.matchAll(
      /(?:call|lookUp|list|make\w*)\((?:target, )?\s*'(vir[A-Z]\w*)'(?:,\s*'(vir[A-Z]\w*)')?/g,
    ),
  ]);
  return names.flatMap(([, name, newer]) => [String(name), ...(newer === undefined ? [] : [newer])]);
}

describe('the table of calls', () => {
  let connection: Connection;
  let handle: ConnectionHandle;
  let token: number;
  const { calls, openConnection, closeConnection, abandonConnection, referToDomain } = native();

  const begin = (name: keyof typeof calls, ...values: readonly unknown[]): Promise<unknown> => {
    const call = calls[name] as ((...values: readonly unknown[]) => Promise<unknown>) | undefined;
    expect(call, name).to.be.a('function');
    return call?.(...values) ?? Promise.reject(new Error(name));
  };

  before(async () => {
    // Opening a connection registers the event loop.
    connection = await Connection.open('test:///default');
    token = addRoute(() => undefined);
    const opened = await openConnection({
      uri: 'test:///default',
      isReadOnly: false,
      token,
      keepAliveIntervalSeconds: 0,
      keepAliveCount: 0,
      callsAtOnce: null,
      hasAuth: false,
    });
    ({ handle } = opened);
  });

  after(async () => {
    await closeConnection(handle);
    abandonConnection(token);
    removeRoute(token);
    await connection.close();
  });

  it('should have the functions that the library calls', () => {
    expect(Object.keys(calls)).to.include.members(calledFunctions());
  });

  it('should answer with what follows from the type of the function', async () => {
    const found = await begin('virDomainLookupByName', handle, 'test');
    expect(found).to.include({ name: 'test', id: 1 }).and.to.have.property('key').with.length(36);
    const domain = (found as { handle: unknown }).handle;
    expect(await begin('virDomainGetState', domain, 0)).to.deep.equal([1, 0]);
    expect(await begin('virDomainSuspend', domain)).to.equal(0);
    expect(await begin('virDomainGetState', domain, 0)).to.deep.equal([3, 1]);
    expect(await begin('virDomainResume', domain)).to.equal(0);
  });

  const wrong: Readonly<
    Record<string, readonly [name: keyof typeof calls, values: () => readonly unknown[]]>
  > = {
    'nothing at all': ['virDomainSuspend', () => []],
    'no handle': ['virDomainSuspend', () => ['test']],
    'a handle of another kind': ['virDomainSuspend', () => [handle]],
    'a domain for a connection': ['virDomainLookupByName', () => [referToDomain(handle, 'x'), 'test']],
    'too few': ['virDomainLookupByName', () => [handle]],
    'too many': ['virDomainLookupByName', () => [handle, 'test', 0]],
    'a number for a text': ['virDomainLookupByName', () => [handle, 7]],
    'a text with a null character': ['virDomainLookupByName', () => [handle, 'test\0er']],
    'no list of handles': ['virDomainListGetStats', () => [referToDomain(handle, 'x'), 1, 0]],
    'an empty list of handles': ['virDomainListGetStats', () => [[], 1, 0]],
    'a list with a handle of another kind': [
      'virDomainListGetStats',
      () => [[referToDomain(handle, 'x'), handle], 1, 0],
    ],
    'a text for a number': ['virDomainLookupByID', () => [handle, '7']],
    'half a number': ['virDomainLookupByID', () => [handle, 1.5]],
    'no number': ['virDomainLookupByID', () => [handle, NaN]],
    'a number that is too great': ['virDomainLookupByID', () => [handle, 2 ** 31]],
    'a number below 0 for one without a sign': ['virDomainGetState', () => [referToDomain(handle, 'x'), -1]],
  };
  for (const [what, [name, values]] of Object.entries(wrong)) {
    it(`should refuse ${what} with a TypeError that names the function`, () => {
      expect(() => begin(name, ...values())).to.throw(TypeError, name);
    });
  }

  it('should pass texts as they are', async () => {
    for (const text of ['', 'ünï', 'x'.repeat(70_000)]) {
      const failure = await begin('virDomainLookupByName', handle, text).catch((error: unknown) => error);
      expect(failure)
        .to.be.an('error')
        .with.property('code')
        .that.matches(/NO_DOMAIN|INVALID_ARG/);
    }
  });
});
