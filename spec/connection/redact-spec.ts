import { expect } from 'chai';
import { redact } from '../../lib/connection/redact.js';

describe('redact', () => {
  for (const [uri, shown] of [
    ['qemu:///system', 'qemu:///system'],
    ['qemu+tls://host.example/system', 'qemu+tls://host.example/system'],
    ['qemu+ssh://root@host.example/system', 'qemu+ssh://host.example/system'],
    ['esx://root:secret@host.example/?no_verify=1', 'esx://host.example/'],
    ['qemu+ssh://host/system?keyfile=/root/.ssh/id&x=\n1', 'qemu+ssh://host/system'],
    ['test+unix:///default?socket=/run/user@1/sock', 'test+unix:///default'],
    ['qemu:///session/at@sign', 'qemu:///session/at@sign'],
    ['', ''],
  ] as const) {
    it(`should show ${JSON.stringify(uri)} as ${JSON.stringify(shown)}`, () => {
      expect(redact(uri)).to.equal(shown);
    });
  }

  it('should hide all of a password with an @ in it', () => {
    expect(redact('esx://root:p@ss@host.example/')).to.equal('esx://host.example/');
  });
});
