import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import type { TestCertificates } from './test-certificates.js';
import { PrivateLibvirtd, type PrivateLibvirtdOptions } from './private-libvirtd.js';

/** How clients reach a daemon, and how they prove who they are. */
export interface SecuredOptions {
  /**
   * SASL, on this socket: with SCRAM, or on TCP without TLS with DIGEST-MD5, because there libvirt's client wants a
   * mechanism that encrypts.
   */
  readonly sasl?: 'tcp' | 'tls' | 'unix';
  /** TLS, with the certificates of this authority. */
  readonly tls?: TestCertificates;
}

/** A real libvirtd that also listens on a port of this machine. It knows the user `fred` with the password `wilma`. */
export class SecuredLibvirtd extends PrivateLibvirtd {
  static readonly user = 'fred';
  static readonly password = 'wilma-5x';
  readonly #port: number;
  readonly #saslDirectory: string;

  static async startSecured(secured: SecuredOptions): Promise<SecuredLibvirtd> {
    const libvirtd = new SecuredLibvirtd(await freePort(), secured);
    await libvirtd.launch();
    return libvirtd;
  }

  private constructor(port: number, { sasl, tls }: SecuredOptions) {
    super(options(port, sasl, tls));
    this.#port = port;
    this.#saslDirectory = this.directory.makeDirectory('sasl');
    const database = this.directory.join('sasl', 'passwd.db');
    execFileSync('saslpasswd2', ['-p', '-c', '-a', 'libvirt', '-f', database, SecuredLibvirtd.user], {
      input: SecuredLibvirtd.password,
    });
    this.directory.writeFile('sasl/passwd.db', readFileSync(database));
    this.directory.writeFile(
      'sasl/libvirt.conf',
      `mech_list: ${sasl === 'tcp' || !hasScram() ? 'digest-md5' : 'scram-sha-256'}\nsasldb_path: ${database}\n`,
    );
  }

  /** The test driver, by way of the port. */
  portUri(transport: 'tcp' | 'tls', query = '', host = '127.0.0.1'): string {
    return `test+${transport}://${host}:${this.#port}/default${query}`;
  }

  protected override command(): ReturnType<PrivateLibvirtd['command']> {
    const { program, args, env } = super.command();
    return { program, args: [...args, '--listen'], env: { ...env, SASL_CONF_PATH: this.#saslDirectory } };
  }
}

/** Debian 11's libsasl2-modules has no SCRAM. */
const hasScram = (): boolean =>
  readdirSync('/usr/lib').some((each) => existsSync(`/usr/lib/${each}/sasl2/libscram.so`));

function options(
  port: number,
  sasl: SecuredOptions['sasl'],
  tls: TestCertificates | undefined,
): PrivateLibvirtdOptions {
  const auth = sasl === (tls === undefined ? 'tcp' : 'tls') ? 'sasl' : 'none';
  const own =
    tls === undefined
      ? ['listen_tls = 0', 'listen_tcp = 1', `tcp_port = "${port}"`, `auth_tcp = "${auth}"`]
      : [
          'listen_tls = 1',
          'listen_tcp = 0',
          `tls_port = "${port}"`,
          `auth_tls = "${auth}"`,
          ...tls.configuration,
        ];
  return {
    unixAuth: sasl === 'unix' ? 'sasl' : 'none',
    configuration: ['listen_addr = "127.0.0.1"', ...own],
  };
}

/** A port that nobody uses at the moment. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
