import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { RigDirectory } from './rig-directory.js';

export interface CertificateOptions {
  readonly host?: string;
  readonly isExpired?: boolean;
}

/** A throw-away certificate authority, and the certificates of one daemon and one client. */
export class TestCertificates implements Disposable {
  readonly #directory = new RigDirectory();

  /** @param options For which host the daemon's certificate is, and whether the client's has expired. */
  constructor({ host = 'IP:127.0.0.1', isExpired = false }: CertificateOptions = {}) {
    this.#authority();
    this.#issue('server', `subjectAltName=${host}`, false);
    this.#issue('client', 'extendedKeyUsage=clientAuth', isExpired);
    // A client looks for its files in a directory; see https://libvirt.org/kbase/tlscerts.html.
    for (const path of ['with', 'without']) {
      this.#directory.makeDirectory(path);
      this.#copy('ca-cert.pem', `${path}/cacert.pem`);
    }
    this.#copy('client-cert.pem', 'with/clientcert.pem');
    this.#copy('client-key.pem', 'with/clientkey.pem');
  }

  /** Lines for libvirtd.conf. */
  get configuration(): readonly string[] {
    const path = (name: string) => this.#directory.join(name);
    return [
      `ca_file = "${path('ca-cert.pem')}"`,
      `cert_file = "${path('server-cert.pem')}"`,
      `key_file = "${path('server-key.pem')}"`,
    ];
  }

  /** The directory for a URI's `pkipath`: with a certificate for the client, or with that of the authority alone. */
  pkiPath(client: 'with' | 'without'): string {
    return this.#directory.join(client);
  }

  [Symbol.dispose](): void {
    this.#directory.remove();
  }

  #authority(): void {
    const subject = ['-subj', '/CN=rxvirt test authority', '-days', '2'];
    // OpenSSL 1.1 adds those of the system's configuration to those of its command line, and then some are there twice.
    this.#directory.writeFile('authority', authorityConfiguration);
    const extensions = ['-config', this.#directory.join('authority')];
    const [key, certificate] = ['ca-key.pem', 'ca-cert.pem'].map((name) => this.#directory.join(name));
    openssl('req', '-x509', ...newKey, '-keyout', key, '-out', certificate, ...subject, ...extensions);
    this.#copy('ca-cert.pem', 'ca-cert.pem');
  }

  #issue(name: string, extension: string, isExpired: boolean): void {
    const path = (suffix: string) => this.#directory.join(`${name}-${suffix}`);
    openssl(
      'req',
      ...newKey,
      '-keyout',
      path('key.pem'),
      '-out',
      path('request.pem'),
      '-subj',
      `/CN=${name}`,
    );
    this.#directory.writeFile(`${name}-extension`, extension);
    const authority = [
      '-CA',
      this.#directory.join('ca-cert.pem'),
      '-CAkey',
      this.#directory.join('ca-key.pem'),
    ];
    const life = isExpired ? expired() : ['-days', '2'];
    const options = [...life, '-CAcreateserial', '-extfile', path('extension')];
    openssl('x509', '-req', '-in', path('request.pem'), '-out', path('cert.pem'), ...authority, ...options);
    for (const file of ['key.pem', 'cert.pem']) this.#copy(`${name}-${file}`, `${name}-${file}`);
  }

  /** So that the daemon, which has no privileges, can read it. */
  #copy(from: string, to: string): void {
    this.#directory.writeFile(to, readFileSync(this.#directory.join(from)));
  }
}

const authorityConfiguration = `[req]
distinguished_name = name
x509_extensions = extensions
[name]
[extensions]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
`;

/** Newer versions of OpenSSL refuse a life that ends before it begins, of which GnuTLS says that it has expired. */
function expired(): readonly string[] {
  const { stdout, stderr } = spawnSync('openssl', ['x509', '-help'], { encoding: 'utf8' });
  return `${stdout}${stderr}`.includes('-not_after')
    ? ['-not_before', '20200101000000Z', '-not_after', '20200102000000Z']
    : ['-days', '-1'];
}

const newKey = ['-newkey', 'rsa:2048', '-nodes', '-sha256'];

function openssl(...args: readonly (string | undefined)[]): void {
  execFileSync('openssl', args as string[], { stdio: 'pipe' });
}
