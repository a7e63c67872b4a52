import { expect } from 'chai';
import { Connection, UnsafeUriError, watch, watchAll, type UriPermission } from '../../lib/index.js';
import { checkUri } from '../../lib/calls/uri-safety.js';
import { rejection } from '../support/rejection.js';
import { ownTestHost } from '../support/test-host.js';

describe('a URI that does what must be allowed', () => {
  const unsafe: Readonly<Record<string, UriPermission>> = {
    'qemu+ssh://host/system?command=/tmp/evil': 'command',
    'qemu+ext:///system?command=/tmp/evil': 'command',
    'qemu+ext:///system': 'command',
    'QEMU+EXT:///system': 'command',
    'qemu+ssh://host/system?socket=/x&command=/tmp/evil': 'command',
    'qemu+ssh://host/system?socket=/x;command=/tmp/evil': 'command',
    'qemu+ssh://host/system?COMMAND=/tmp/evil': 'command',
    'qemu+ssh://host/system?%63ommand=/tmp/evil': 'command',
    'qemu+ssh://host/system?netcat=/tmp/evil': 'command',
    'qemu+ssh://host/system?socket=$(touch%20/tmp/evil)': 'command',
    'qemu+ssh://host/system?SOCKET=/x%3Btouch': 'command',
    'qemu+libssh2://host/system?socket=`evil`': 'command',
    'qemu+ssh://host/system?socket=-e/bin/sh': 'command',
    'qemu+tls://host/system?no_verify=1': 'no-verify',
    'qemu+tls://host/system?no_verify=': 'no-verify',
    'qemu+tls://host/system?no_verify': 'no-verify',
    'qemu+tls://host/system?no_verify=00001': 'no-verify',
    'qemu+tls://host/system?no_sanity=1': 'no-verify',
    'qemu+libssh://host/system?known_hosts_verify=auto': 'no-verify',
    'esx://host/?no_verify=1': 'no-verify',
    'qemu+ssh://host/system?no_tty=1': 'no-tty',
    'qemu+ssh://host/system?keyfile=/tmp/key': 'ssh-options',
    'qemu+ssh://host/system?known_hosts=/tmp/known': 'ssh-options',
    'qemu+ssh://host/system?sshauth=password': 'ssh-options',
    'qemu+ssh://host/system?proxy=native': 'ssh-options',
    'qemu+ssh://-oProxyCommand=evil/system': 'ssh-options',
    'qemu+ssh://-oProxyCommand=evil@host/system': 'ssh-options',
    'qemu+ssh://root@-oProxyCommand=evil/system': 'ssh-options',
    'qemu+ssh://%2DoProxyCommand=evil/system': 'ssh-options',
    'qemu:///session?name=qemu%2Bext%3A%2F%2Fh%2Fsession%3Fcommand%3D/tmp/evil': 'command',
    'remote:///?name=qemu%2Bssh%3A%2F%2Fh%2Fsystem%3Fname%3Dqemu%252Bext%253A///': 'command',
    'qemu+tls://host/?Name=qemu%2Btls%3A//other/system%3Fno_verify%3D1': 'no-verify',
    'qemu+ssh://h/system?socket=/x;touch%20/tmp/evil;&mode=legacy': 'command',
    'qemu+ssh://h/system?socket=/x?$(touch%20/tmp/evil)': 'command',
    'qemu+ssh://h/system?socket=;touch%20/tmp/evil;&a=b': 'command',
    'test+unix:///default?socket=/s&name=qemu+ssh://h/system?%2563ommand=/tmp/evil': 'command',
    'test+unix:///default?socket=/s&name=qemu+ssh://h/system?a%26command=/tmp/evil': 'command',
    'test+unix:///default?name=qemu+ssh://h/system?a=b;%2563ommand=/tmp/evil&socket=/s': 'command',
    'remote+unix:///?socket=/s&name=qemu+ssh://h/system?socket=$(touch%2520/tmp/evil)': 'command',
    'test+unix:///default?name=qemu+tls://h/system?no%255fverify=1': 'no-verify',
    'qemu+ssh://[-oProxyCommand=x]/system': 'ssh-options',
    'qemu:///embed?root=/tmp/evil': 'embed',
    'esx://host/?transport=http': 'no-verify',
    'qemu+tls://host/system?pkipath=/tmp': 'tls-options',
    'qemu+tls://host/system?tls_priority=NONE': 'tls-options',
    'qemu:///system?authfile=/tmp/auth': 'authfile',
  };
  for (const [uri, permission] of Object.entries(unsafe)) {
    it(`should be refused, unless ${permission} is allowed: ${uri}`, () => {
      expect(() => {
        checkUri(uri, []);
      })
        .to.throw(UnsafeUriError, `allow: ['${permission}']`)
        .that.includes({ permission, code: 'ERR_UNSAFE_URI' });
      checkUri(uri, ['command', 'ssh-options', permission]);
    });
  }

  for (const uri of [
    'qemu:///system',
    'test:///default',
    'qemu+ssh://root@host:22/system',
    'qemu+ssh://[fe80::1]/system?socket=/run/libvirt-sock&mode=legacy',
    'qemu+tls://host/system?no_verify=0',
    'remote://host/?name=qemu:///system',
    'qemu+ssh://host/system?socket=',
    'qemu+ssh://host/system?socket=/run/a_b~c/s',
    'esx://host/?transport=https',
    'test+unix:///default?socket=/run/command=x',
    'test+unix:///default?socket=/run/a%20$place/socket',
    'qemu+ssh://host/system?socket=/run/user/1000/libvirt/libvirt-sock',
    'test:///command',
    '',
  ]) {
    it(`should be no harmless one: '${uri}'`, () => {
      checkUri(uri, []);
    });
  }

  for (const name of ['command', 'COMMAND', 'no_verify', 'keyfile', 'proxy'])
    it(`should be refused when a null character ends the name of a parameter: ${name}`, () => {
      expect(() => {
        checkUri(`qemu+ssh://host/system?${name}%00=/tmp/evil`, ['command', 'ssh-options']);
      }).to.throw(TypeError, 'null character');
    });

  it('should be refused when it is within too many others, and soon', () => {
    let nested = 'test:///default';
    for (let level = 0; level < 40; level++) nested = `x?name=${encodeURIComponent(nested).slice(0, 1000)}`;
    for (const uri of [nested, `x${'?name=x'.repeat(20_000)}`]) {
      expect(() => {
        checkUri(uri, []);
      }).to.throw(TypeError, 'too many');
    }
    checkUri('test:///default?name=x%3Fname%3Dqemu:///system', []);
  });

  it('should be refused when a null character ends a name within a URI', () => {
    expect(() => {
      checkUri('test+unix:///default?name=qemu+ssh://h/system?command%2500=/tmp/evil', []);
    }).to.throw(TypeError, 'null character');
  });

  it('should be refused by open, watch and watchAll, before anything is done', async () => {
    const uri = 'test+ext:///default?command=/bin/false';
    expect(await rejection(Connection.open(uri))).to.be.an.instanceOf(UnsafeUriError);
    expect(() => watch(uri)).to.throw(UnsafeUriError);
    expect(() => watchAll([uri])).to.throw(UnsafeUriError);
  });

  it('should be refused for the other host of a migration', async () => {
    const connection = await Connection.open(ownTestHost);
    const domain = await connection.lookupDomainByName('test');
    const uri = 'qemu+ssh://host/system?command=/tmp/evil';
    expect(await rejection(domain.migrateToUri(uri))).to.be.an.instanceOf(UnsafeUriError);
    expect(await rejection(domain.migrateToUri(uri, {}, { allow: ['command'] }))).to.have.property('code');
    await connection.close();
  });

  it('should be opened when that is allowed', async () => {
    const error = await rejection(
      Connection.open('test+ext:///default?command=/bin/false', { allow: ['command'] }),
    );
    expect(error).to.have.property('name', 'LibvirtError');
  });

  it('should have an allow that is a list of known permissions', async () => {
    for (const allow of ['command', ['everything'], [1], null]) {
      const options = { allow: allow as unknown as UriPermission[] };
      expect(await rejection(Connection.open('test:///default', options)), String(allow)).to.be.an.instanceOf(
        TypeError,
      );
    }
  });
});
