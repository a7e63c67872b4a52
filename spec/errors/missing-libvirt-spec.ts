import { expect } from 'chai';
import { missingLibvirt } from '../../lib/errors/missing-libvirt.js';

const systems: Readonly<Record<string, readonly [osRelease: string, cure: string]>> = {
  Debian: ['PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\n', 'run `apt-get install libvirt0`'],
  Ubuntu: ['ID=ubuntu\nID_LIKE=debian\n', 'run `apt-get install libvirt0`'],
  'Linux Mint': ['ID=linuxmint\nID_LIKE="ubuntu debian"\n', 'run `apt-get install libvirt0`'],
  Fedora: ['NAME="Fedora Linux"\nID=fedora\n', 'run `dnf install libvirt-libs`'],
  'Rocky Linux': ['ID="rocky"\nID_LIKE="rhel centos fedora"\n', 'run `dnf install libvirt-libs`'],
  'Arch Linux': ["ID='arch'\n", 'run `pacman -S libvirt`'],
  Alpine: ['ID=alpine\nVERSION_ID=3.22.0\n', 'run `apk add libvirt`'],
  openSUSE: ['ID="opensuse-leap"\nID_LIKE="suse opensuse"\n', 'run `zypper install libvirt-libs`'],
};

const missing = 'libvirt.so.0: cannot open shared object file: No such file or directory';

describe('a system without libvirt', () => {
  for (const [system, [osRelease, cure]] of Object.entries(systems)) {
    it(`should be told which package has it: ${system}`, () => {
      expect(missingLibvirt(missing, osRelease).message).to.equal(
        `libvirt's client library can't be opened: ${missing}; ${cure}`,
      );
    });
  }

  it('should be told the packages of all, where it doesn’t say which it is', () => {
    expect(missingLibvirt(missing, '').message).to.match(
      /; install libvirt0 \(Debian, Ubuntu\), libvirt-libs \(Fedora, SUSE\) or libvirt \(Arch Linux, Alpine\)$/,
    );
  });

  it('should not be told to install what is there and damaged', () => {
    expect(missingLibvirt('libvirt.so.0: file too short', systems['Debian']?.[0] ?? '').message).to.match(
      /can't be used: libvirt.so.0: file too short; the file is damaged, or is not of libvirt: .*LD_LIBRARY_PATH$/,
    );
  });
});
