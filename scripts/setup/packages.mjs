// Debian and Ubuntu packages. Only what is missing is installed, and nothing is ever removed or upgraded.
import { spawnSync } from 'node:child_process';
import { SetupError, ask, attempt, isOnPath, run } from './run.mjs';

const aptOptions = ['-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300'];

/** The version of libvirt that we compile against, or null without its headers. */
export const libvirtVersion = () => ask('pkg-config', ['--modversion', 'libvirt']);

// A tool counts as there wherever it came from. What offers no command is asked of dpkg; without dpkg, nobody knows.
const isInstalled = (name) =>
  !isOnPath('dpkg-query') || ask('dpkg-query', ['-W', '-f', '${db:Status-Status}', name]) === 'installed';

const forBuilding = {
  'g++': () => process.env.CXX !== undefined || isOnPath('g++'),
  make: () => isOnPath('make'),
  python3: () => isOnPath('python3'),
  'pkg-config': () => isOnPath('pkg-config'),
  'libvirt-dev': () => libvirtVersion() !== null,
};

const forTests = {
  'libvirt-daemon': () => isOnPath('libvirtd'),
  'libvirt-daemon-driver-qemu': () => isInstalled('libvirt-daemon-driver-qemu'),
  'libvirt-daemon-system': () => isInstalled('libvirt-daemon-system'),
  'libvirt-clients': () => isOnPath('virsh'),
  'qemu-system-x86': () => isOnPath('qemu-system-x86_64'),
  'qemu-utils': () => isOnPath('qemu-img'),
  tini: () => isOnPath('tini'),
};

// The other languages that the benchmark measures, and what its profile needs.
const forBench = Object.fromEntries(
  [
    'libfeature-compat-try-perl',
    'libio-async-perl',
    'liblog-any-perl',
    'libsys-virt-perl',
    'python3-libvirt',
    'python3-uvloop',
    'valgrind',
  ].map((name) => [name, () => isInstalled(name)]),
);

// To run the specs on other releases.
const forMatrix = {
  debootstrap: () => isOnPath('debootstrap'),
  git: () => isOnPath('git'),
  tini: forTests.tini,
};

const forSanitizers = {
  patchelf: () => isOnPath('patchelf'),
  binutils: () => isOnPath('readelf'),
};

const forDebug = {
  gdb: () => isOnPath('gdb'),
};

function findMissing(needs) {
  return Object.entries(needs)
    .filter(([, isThere]) => !isThere())
    .map(([name]) => name);
}

/** The words to put before a command so that it runs as root; null when there is no way. */
function becomeRoot() {
  if (process.getuid() === 0) return [];
  if (!isOnPath('sudo')) return null;
  if (ask('sudo', ['-n', 'true']) !== null) return ['sudo', '-n'];
  if (!process.stdin.isTTY) return null;
  console.log('setup: sudo asks for your password, to install packages');
  return spawnSync('sudo', ['-v'], { stdio: 'inherit' }).status === 0 ? ['sudo', '-n'] : null;
}

export async function installPackages({ tests, bench, matrix, sanitizers, debug }) {
  const needs = {
    ...forBuilding,
    ...(tests && forTests),
    ...(bench && { 'libvirt-daemon': forTests['libvirt-daemon'], ...forBench }),
    ...(matrix && forMatrix),
    ...(sanitizers && forSanitizers),
    ...(debug && forDebug),
  };
  const missing = findMissing(needs);
  if (missing.length === 0) return;

  const list = missing.join(' ');
  if (!isOnPath('apt-get')) {
    throw new SetupError(
      `missing: ${list}`,
      "These are Debian's names; install what they are called here, then run this again.",
    );
  }
  const byHand = `apt-get update && apt-get install --no-install-recommends ${list}`;
  const asRoot = becomeRoot();
  if (asRoot === null) {
    throw new SetupError(
      `missing: ${list}`,
      `Run this as root, then run the same npm command again:\n\n  ${byHand}`,
    );
  }

  // sudo drops the environment, hence env.
  const [command, ...before] = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get'];
  const install = [`installing ${list}`, command, [...before, 'install', ...aptOptions, ...missing]];
  // A fresh machine has no package lists, an old one stale ones.
  const isListed = ask('apt-cache', ['show', '--no-all-versions', ...missing]) !== null;
  if (!isListed || !(await attempt(...install))) {
    // A failed update need not matter: some list that we don't need may be out of reach.
    await attempt('updating the package lists', command, [...before, 'update']);
    await run(...install, { advice: `Run this as root to see what is wrong:\n\n  ${byHand}` });
  }

  const stillMissing = findMissing(needs);
  if (stillMissing.length > 0) {
    throw new SetupError(
      `installed, but still not found: ${stillMissing.join(' ')}`,
      'Check that PATH and PKG_CONFIG_PATH name the places where packages are installed.',
    );
  }
}
