import { expect } from 'chai';
import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import {
  Connection,
  LibvirtError,
  UnsafeUriError,
  type AuthCallback,
  type WantedCredential,
} from '../../lib/index.js';
import { SecuredLibvirtd } from '../support/libvirtd/secured-libvirtd.js';
import { TestCertificates, type CertificateOptions } from '../support/libvirtd/test-certificates.js';
import { rejection } from '../support/rejection.js';

const { user, password } = SecuredLibvirtd;

/** Gives the user's name, and this password. */
const withPassword =
  (given: string): AuthCallback =>
  (credentials) =>
    credentials.map(({ type }) => (type === 'passphrase' ? given : user));

/** A callback that never answers, and what resolves when it is called. */
function silent(): { readonly auth: AuthCallback; readonly asked: Promise<void> } {
  let tell = (): void => undefined;
  const asked = new Promise<void>((resolve) => (tell = resolve));
  const auth = () => {
    tell();
    return new Promise<never>(() => undefined);
  };
  return { auth, asked };
}

for (const transport of ['tcp', 'tls', 'unix'] as const) {
  describe(`the auth option of open, with SASL over ${transport}`, () => {
    let libvirtd: SecuredLibvirtd;
    let certificates: TestCertificates | undefined;
    let uri: string;
    const allow = ['tls-options'] as const;
    before(async () => {
      if (transport === 'tls') certificates = new TestCertificates();
      libvirtd = await SecuredLibvirtd.startSecured({
        sasl: transport,
        ...(certificates && { tls: certificates }),
      });
      const query = certificates === undefined ? '' : `?pkipath=${certificates.pkiPath('with')}`;
      uri = transport === 'unix' ? libvirtd.uri : libvirtd.portUri(transport, query);
    });
    after(async () => {
      await libvirtd.stop();
      certificates?.[Symbol.dispose]();
    });

    it('should be asked for a name and a passphrase, and open with the right ones', async () => {
      const asked: WantedCredential[] = [];
      const connection = await Connection.open(uri, {
        allow,
        auth: async (credentials) => {
          asked.push(...credentials);
          await nextTurn();
          return withPassword(password)(credentials);
        },
      });
      expect(await connection.hostname()).to.be.a('string').that.is.not.empty;
      await connection.close();
      expect(asked.map(({ type }) => type)).to.include.members(['authname', 'passphrase']);
      expect(asked[0]).to.have.all.keys('type', 'prompt', 'challenge', 'defaultResult').and.be.frozen;
    });

    it('should be refused with the wrong passphrase, and name none', async () => {
      const wrong = 'betty-9y';
      const error = await rejection(Connection.open(uri, { allow, auth: withPassword(wrong) }));
      expect(error).to.be.an.instanceOf(LibvirtError).with.property('code', 'VIR_ERR_AUTH_FAILED');
      expect(JSON.stringify(error) + String((error as Error).stack)).not.to.include(wrong);
    });

    const refusals: Readonly<Record<string, readonly [AuthCallback, RegExp]>> = {
      throws: [
        () => {
          throw new Error('no time');
        },
        /^no time$/,
      ],
      rejects: [() => Promise.reject(new Error('gone home')), /^gone home$/],
      'gives too few answers': [() => [], /must give \d strings, got 0/],
      'gives too many answers': [() => ['a', 'b', 'c', 'd', 'e'], /must give \d strings, got 5/],
      'gives something else': [() => 'fred' as unknown as string[], /must give an array of strings/],
      'gives numbers': [
        (all) => all.map(() => 5) as unknown as string[],
        /must give strings, got a value of type number/,
      ],
      'gives a null character': [(all) => all.map(() => 'a\0b'), /without null characters/],
    };
    for (const [what, [auth, message]] of Object.entries(refusals)) {
      it(`should refuse the open when it ${what}, and say why`, async () => {
        const error = await rejection(Connection.open(uri, { allow, auth }));
        expect(error).to.be.an.instanceOf(LibvirtError).with.property('code', 'VIR_ERR_AUTH_FAILED');
        expect(error)
          .to.have.property('cause')
          .that.is.an('error')
          .with.property('message')
          .that.matches(message);
      });
    }

    it('should not block JavaScript while it is awaited, and be given up after the timeout', async () => {
      const { auth, asked } = silent();
      const opening = rejection(Connection.open(uri, { allow, auth, timeout: 500 }));
      await asked;
      for (let turns = 0; turns < 100; turns++) await nextTurn();
      expect(await opening).to.include({ name: 'TimeoutError', call: 'virConnectOpenAuth', timeout: 500 });
    });

    it('should be given up when the signal aborts', async () => {
      const { auth, asked } = silent();
      const abort = new AbortController();
      const opening = rejection(Connection.open(uri, { allow, auth, signal: abort.signal }));
      await asked;
      abort.abort(new Error('enough'));
      expect(await opening).to.have.property('message', 'enough');
    });

    it('should be given up when its worker is terminated', async () => {
      const { href } = new URL('../../lib/index.js', import.meta.url);
      const worker = new Worker(
        `const { parentPort, workerData } = require('node:worker_threads');
        import(workerData.href).then(({ Connection }) =>
          Connection.open(workerData.uri, {
            allow: ['tls-options'],
            auth: () => (parentPort.postMessage('asked'), new Promise(() => undefined)),
          }),
        );`,
        { eval: true, workerData: { href, uri } },
      );
      expect(await once(worker, 'message')).to.deep.equal(['asked']);
      await worker.terminate();
    });
  });
}

describe('a connection by TLS', () => {
  const read = async (uri: string) => {
    await using connection = await Connection.open(uri, { allow: ['tls-options'] });
    return [await connection.isEncrypted(), await connection.isSecure()];
  };
  const story = async (options: CertificateOptions, client: 'with' | 'without', query = '') => {
    using certificates = new TestCertificates(options);
    await using libvirtd = await SecuredLibvirtd.startSecured({ tls: certificates });
    return await read(libvirtd.portUri('tls', `?pkipath=${certificates.pkiPath(client)}${query}`));
  };

  it('should open with valid certificates, and be encrypted', async () => {
    expect(await story({}, 'with')).to.deep.equal([true, true]);
  });

  const refused: Readonly<Record<string, readonly [() => Promise<unknown>, RegExp]>> = {
    'an expired certificate': [() => story({ isExpired: true }, 'with'), /client certificate .* has expired/],
    'a certificate for another host': [
      () => story({ host: 'DNS:elsewhere.example' }, 'with'),
      /Failed to verify peer's certificate/,
    ],
    // The daemon hangs up, and says nothing.
    'no certificate of the client': [() => story({}, 'without'), /TLS/],
  };
  for (const [what, [open, message]] of Object.entries(refused)) {
    it(`should be refused with ${what}`, async () => {
      const error = await rejection(open());
      expect(error).to.be.an.instanceOf(LibvirtError).with.property('message').that.matches(message);
    });
  }

  it('should not be tried with the check of the other side switched off, unless that is allowed', async () => {
    expect(await rejection(story({}, 'with', '&no_verify=1')))
      .to.be.an.instanceOf(UnsafeUriError)
      .with.property('permission', 'no-verify');
  });
});
