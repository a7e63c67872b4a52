// Installs Debian or Ubuntu packages that are missing. Never removes or upgrades a package on purpose.
import { spawnSync } from 'node:child_process';
import { SetupError, ask, attempt, isOnPath, run } from './run.mjs';

const aptOptions = ['-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300'];

/** The version of libvirt whose headers are installed, or null when there are none. */
export const libvirtVersion = () => ask('pkg-config', ['--modversion', 'libvirt']);

// A command on PATH counts as installed, wherever it came from. For packages without a command, dpkg is asked. Without
// dpkg there is no way to know, so the package counts as installed.
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
  'python3-libvirt': () => isInstalled('python3-libvirt'),
  openssl: () => isOnPath('openssl'),
  'sasl2-bin': () => isOnPath('saslpasswd2'),
  'libsasl2-modules': () => isInstalled('libsasl2-modules'),
  tini: () => isOnPath('tini'),
};

// The libvirt bindings of other languages, which the benchmark measures, and a tool for its profile.
const forBench = Object.fromEntries(
  [
    'libfeature-compat-try-perl',
    'libio-async-perl',
    'liblog-any-perl',
    'libsys-virt-perl',
    'python3-uvloop',
    'valgrind',
  ].map((name) => [name, () => isInstalled(name)]),
);

// Needed to run the specs on other releases of Debian.
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

/** The words before a command that make it run as root; null when that is not possible. */
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
    ...(bench && {
      'libvirt-daemon': forTests['libvirt-daemon'],
      'python3-libvirt': forTests['python3-libvirt'],
      ...forBench,
    }),
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
      "These are Debian's names. Install the same packages of this system, then run this again.",
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

  // sudo doesn't pass on the environment, so env sets the variable.
  const [command, ...before] = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get'];
  const install = [`installing ${list}`, command, [...before, 'install', ...aptOptions, ...missing]];
  // A new machine may have no package lists, and an old machine may have outdated lists.
  const isListed = ask('apt-cache', ['show', '--no-all-versions', ...missing]) !== null;
  if (!isListed || !(await attempt(...install))) {
    // The update may fail without harm: perhaps only a list that is not needed here can't be reached.
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
