import { expect } from 'chai';
import { redact } from '../../lib/errors/redact.js';

describe('redact', () => {
  for (const [uri, shown] of [
    ['qemu:///system', 'qemu:///system'],
    ['qemu+tls://host.example/system', 'qemu+tls://host.example/system'],
    ['qemu+ssh://root@host.example/system', 'qemu+ssh://host.example/system'],
    ['esx://root:secret@host.example/?no_verify=1', 'esx://host.example/'],
    [
      'qemu+ssh://host/system?x=1&keyfile=/root/.ssh/id&name=\n1',
      'qemu+ssh://host/system?keyfile=/root/.ssh/id',
    ],
    ['test+unix:///default?socket=/run/user@1/sock', 'test+unix:///default'],
    [
      'test+unix:///default?socket=/run/a/sock&mode=direct',
      'test+unix:///default?socket=/run/a/sock&mode=direct',
    ],
    ['qemu+tcp://host/system?password=secret', 'qemu+tcp://host/system'],
    ['qemu:///session/at@sign', 'qemu:///session/at@sign'],
    ['remote://host/?name=qemu%3A///system', 'remote://host/?name=qemu%3A///system'],
    ['remote://host/?name=x%3A//joe%3Asecret%40h/', 'remote://host/'],
    ['remote://host/?name=x://joe:secret', 'remote://host/'],
    ['remote://host/?name=joe:secret', 'remote://host/'],
    ['remote://host/?name=x%253A//joe%253Asecret%2540h/', 'remote://host/'],
    ['', ''],
  ] as const) {
    it(`should show ${JSON.stringify(uri)} as ${JSON.stringify(shown)}`, () => {
      expect(redact(uri)).to.equal(shown);
    });
  }

  for (const password of [
    'p@ss',
    'p/ss',
    'p ss',
    'p#ss',
    'p?ss',
    'p%ss',
    '@p@/@',
    '/p',
    '1/p?a#b@c',
    'p\nss',
  ]) {
    it(`should hide all of the password ${JSON.stringify(password)}`, () => {
      expect(redact(`esx://root:${password}@host.example/a?b=c`)).to.equal('esx://host.example/a');
      expect(redact(`esx://:${password}@host.example/a`)).to.equal('esx://host.example/a');
      expect(redact(`esx://r@ot:${password}@[::1]:443/a`)).to.equal('esx://[::1]:443/a');
    });
  }

  for (const [uri, shown] of [
    ['root:secret@host', 'root:host'],
    ['esx:root:secret@host', 'esx:host'],
    ['esx:/root:secret@host/', 'esx:/host/'],
    ['esx:///root:secret@host/', 'esx:///host/'],
    ['esx://root%3asecret@host/', 'esx://host/'],
    ['//root:secret@host/', '//host/'],
  ] as const) {
    it(`should hide the password of ${uri}, which is misspelt`, () => {
      expect(redact(uri)).to.equal(shown);
    });
  }

  for (const [uri, shown] of [
    ['qemu+ssh://host:22/system?keyfile=/keys/root@host', 'qemu+ssh://host:22/system'],
    ['qemu+ssh://root@host:22/system?keyfile=/keys/root@host', 'qemu+ssh://host:22/system'],
    ['qemu+ssh://root@[::1]:22?keyfile=/keys/root@host', 'qemu+ssh://[::1]:22'],
    ['test:/home/a@b/test.xml', 'test:/home/a@b/test.xml'],
  ] as const) {
    it(`should find no password where there is none: ${uri}`, () => {
      expect(redact(uri)).to.equal(shown);
    });
  }
});
