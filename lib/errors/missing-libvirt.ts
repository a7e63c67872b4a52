/** How each family of distributions installs libvirt's client library, by the `ID`s of its /etc/os-release. */
const installers: readonly { readonly ids: readonly string[]; readonly command: string }[] = [
  { ids: ['debian', 'ubuntu'], command: 'apt-get install libvirt0' },
  { ids: ['fedora', 'rhel', 'centos'], command: 'dnf install libvirt-libs' },
  { ids: ['arch'], command: 'pacman -S libvirt' },
  { ids: ['alpine'], command: 'apk add libvirt' },
  { ids: ['suse', 'opensuse'], command: 'zypper install libvirt-libs' },
];

const packages =
  'install libvirt0 (Debian, Ubuntu), libvirt-libs (Fedora, SUSE) or libvirt (Arch Linux, Alpine)';

/**
 * Why libvirt's client library can't be used, and what to do.
 * @param problem The message of the system's loader.
 * @param osRelease The text of /etc/os-release; empty where there is none.
 */
export function missingLibvirt(problem: string, osRelease: string): Error {
  // The loaders of glibc and of musl both say so where there is no such file.
  if (!problem.includes('No such file or directory')) {
    const cure =
      'the file is damaged, or is not of libvirt: install its package again, and look at LD_LIBRARY_PATH';
    return new Error(`libvirt's client library can't be used: ${problem}; ${cure}`);
  }
  const installer = installers.find(({ ids }) => ids.some((id) => distributions(osRelease).includes(id)));
  const cure = installer === undefined ? packages : `run \`${installer.command}\``;
  return new Error(`libvirt's client library can't be opened: ${problem}; ${cure}`);
}

// The distribution itself, and those that it is based on.
function distributions(osRelease: string): readonly string[] {
  return [...osRelease.matchAll(/^(?:ID|ID_LIKE)=(.*)$/gm)].flatMap(([, value = '']) =>
    value.replace(/["']/g, '').split(/\s+/),
  );
}
