// The settings with which apt and npm reach their registries on this machine. The chroots use the same.
import { existsSync, statSync } from 'node:fs';
import { ask } from '../setup/run.mjs';
import { nodePackage } from './node.mjs';

/** The mirror from which this machine gets Debian, as an argument of debootstrap; no argument when there is none. */
export function mirror() {
  const format = '$(ORIGIN) $(COMPONENT) $(LABEL) $(REPO_URI)';
  const targets = ask('apt-get', ['indextargets', '--format', format, 'Created-By: Packages']) ?? '';
  const [, found] = /^Debian main Debian (\S+)$/m.exec(targets) ?? [];
  return found === undefined ? [] : [found];
}

/** Proxies, time-outs and the like, as the text of a file of apt's configuration. */
export function aptSettings() {
  // Other settings may not suit the apt of another release.
  const lines = (ask('apt-config', ['dump', 'Acquire']) ?? '').split('\n');
  return `${lines.filter((line) => /^Acquire::(https?|Check-|Retries|ForceIPv)/.test(line)).join('\n')}\n`;
}

const certificates = ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'CURL_CA_BUNDLE'];
const npmFiles = ['globalconfig', 'userconfig', 'cafile'];
const npmSetting = (key) => ask('npm', ['config', 'get', key]);

/** The files with the settings of npm and apt, and the certificates that they trust. */
export function sharedFiles() {
  const paths = [
    ...npmFiles.map(npmSetting),
    ...certificates.map((name) => process.env[name]),
    '/etc/resolv.conf',
    '/etc/hosts',
    '/etc/apt/auth.conf',
  ];
  const files = paths.filter((path) => path?.startsWith('/') && existsSync(path) && statSync(path).isFile());
  return [...new Set(files)];
}

// Variables by which npm tells the scripts that it runs about itself and about the machine's Node.
const aboutNpm =
  /^npm_(?!config_)|^npm_config_(prefix|local_prefix|global_prefix|node_gyp|npm_version|user_agent|nodedir|cache)$|^NODE$|^INIT_CWD$/;

/**
 * This process's environment, without the variables that belong to the npm and the Node that run this script.
 * @param prefix Where the place has its Node, as {@link installNode} lays it out.
 */
export function environment(prefix, path) {
  const kept = Object.entries(process.env).filter(([name]) => !aboutNpm.test(name));
  return {
    ...Object.fromEntries(kept),
    PATH: `${prefix}/node_modules/.bin:${path}`,
    // Otherwise npm would look for this file beside the other Node.
    npm_config_globalconfig: npmSetting('globalconfig'),
    npm_config_userconfig: npmSetting('userconfig'),
    // npm's settings may name the headers of this machine's own Node, which are not those of the other one.
    npm_config_nodedir: `${prefix}/${nodePackage}`,
  };
}
