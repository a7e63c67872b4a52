import { expect } from 'chai';
import { withoutPassword } from '../../lib/errors/redact.js';
import { rememberSecrets, withoutSecrets } from '../../lib/errors/secrets.js';

describe('withoutSecrets', () => {
  for (const [what, uri, text, clean] of [
    [
      'a URI that libvirt quotes as a whole',
      'qemu://user:s3c ret@host/system?x=1',
      'internal error: Unable to parse URI qemu://user:s3c ret@host/system?x=1',
      'internal error: Unable to parse URI qemu://host/system',
    ],
    [
      'a password in the query',
      'qemu+tcp://host/system?socket=/run/sock&password=s3c ret',
      'internal error: Unable to parse URI qemu+tcp://host/system?socket=/run/sock&password=s3c ret',
      'internal error: Unable to parse URI qemu+tcp://host/system?socket=/run/sock',
    ],
    [
      'a message that libvirt cut off within a password in the query',
      'qemu+tcp://host/system?password=gehé im',
      'Unable to parse URI qemu+tcp://host/system?password=ge',
      'Unable to parse URI qemu+tcp://host/system?password=…',
    ],
    [
      'a message that libvirt cut off within the password',
      'qemu://user:l0ng one@host/system',
      'Unable to parse URI qemu://user:l0ng o',
      'Unable to parse URI qemu://…',
    ],
    [
      'a message that was cut off within a character',
      'qemu://user:gehé1m nis@host/system',
      'Unable to parse URI qemu://user:geh\uFFFD',
      'Unable to parse URI qemu://…',
    ],
    [
      'a password of a URI within it, in any language',
      'test:///x?name=y%3A%2F%2Fjoe%3Ageh%C3%A9%20im%40h',
      'Unable to parse URI y://joe:gehé im@h',
      'Unable to parse URI y://h',
    ],
    [
      'a URI that is quoted with its escapes',
      'test:///x',
      'Unable to parse URI test%2Bunix%3A%2F%2Fjoe%3As3cret%40%2Fx',
      'Unable to parse URI test+unix:///x',
    ],
    [
      'a URI within two others that is quoted with its escapes',
      'test:///x',
      'no nodrv:///x?name=a%3A%2F%2Fb%2F%3Fname%3Dqemu%252Bssh%253A%252F%252Fjoe%253As3cret%2540h%252Fx',
      'no nodrv:///x?name=a://b/?name=qemu+ssh://h/x',
    ],
    [
      'a URI with a password within another one that has a password too',
      'test:///x',
      'no x://u:0uter@h/?name=qemu%2Btls%3A%2F%2Fjoe%3Ainn3r%40h2%2Fx',
      'no x://h/?name=qemu+tls://h2/x',
    ],
    [
      'user and password before a host',
      'qemu+ssh://ada:s3cr1t@host/',
      'ada:s3cr1t@host: Permission denied',
      'host: Permission denied',
    ],
    [
      'user and password alone, as ssh has them',
      'qemu+ssh://ada:s3cr2t@host/',
      "Invalid user 'ada:s3cr2t'",
      "Invalid user 'ada:***'",
    ],
    [
      'a password that libvirt decoded',
      'esx://ada:s3c%2Fr3t@host/',
      'no ada:s3c/r3t here',
      'no ada:*** here',
    ],
    [
      'a password that libvirt completed',
      'esx://ada:s3c!r4t&@host/',
      'at esx://ada:s3c!r4t&@host/?x=1',
      'at esx://host/?x=1',
    ],
    [
      'a password that was taken apart at its delimiters',
      'test://ada:1/s3cr5t@host/x',
      "unexpected path '/s3cr5t@host/x' at ada:1",
      "unexpected path '/host/x' at ada:1",
    ],
    [
      'a password full of what regular expressions know',
      'esx://a:$&(.*)[x]{2}\\1|^@host/$&',
      'a:$&(.*)[x]{2}\\1|^ at esx://a:$&(.*)[x]{2}\\1|^@host/$&',
      'a:*** at esx://host/$&',
    ],
    [
      'a URI that only libvirt knows',
      'test:///default',
      'can’t reach hyperv://ada:fr0m-alias@host/',
      'can’t reach hyperv://host/',
    ],
  ] as const) {
    it(`should clear ${what}`, () => {
      rememberSecrets(uri);
      expect(withoutSecrets(text)).to.equal(clean);
    });
  }

  it('should leave alone what has no password', () => {
    for (const uri of ['qemu+ssh://root@host/system', 'test:///default', 'qemu:///system?socket=/a:b@c']) {
      rememberSecrets(uri);
    }
    for (const text of [
      "Failed to connect socket to '/a:b@c': No such file or directory",
      'root@host: Permission denied (publickey)',
      'qemu+ssh://root@host/system and test:///default',
    ]) {
      expect(withoutSecrets(text)).to.equal(text);
    }
  });

  it('should clear the whole URI also when another has a part in common with it', () => {
    rememberSecrets('esx://eve:x/tail@host/');
    rememberSecrets('esx://eve:front tail@host/');
    expect(withoutSecrets('no esx://eve:front tail@host/')).to.equal('no esx://host/');
  });

  it('should remember a thousand passwords, the last ones', () => {
    for (let i = 0; i <= 1000; i++) rememberSecrets(`esx://ada:numb3r-${i}@host/`);
    expect(withoutSecrets('ada:numb3r-0')).to.equal('ada:numb3r-0');
    expect(withoutSecrets('ada:numb3r-1')).to.equal('ada:***');
    expect(withoutSecrets('ada:numb3r-1000')).to.equal('ada:***');
  });

  it('should come to an end soon for a word as long as a message can be', () => {
    const word = 'a'.repeat(2 ** 18);
    expect(withoutSecrets(`${word} ://${word}:${word}`)).to.have.lengthOf(3 * 2 ** 18 + 5);
    expect(withoutSecrets(`qemu://${word}:${word}@host`)).to.equal('qemu://host');
    expect(withoutSecrets(`${'a://b/'.repeat(2 ** 16)}@`)).to.have.lengthOf(6 * 2 ** 16 + 1);
  });

  // Every delimiter of the password begins a piece of it, and every @ of the text may end one.
  it('should come to an end soon for a password that has thousands of delimiters', () => {
    for (const some of [':@', ':', '@', ':@x', '@:@@']) {
      rememberSecrets(`test:///u${some.repeat(2 ** 15)}@/h`);
      rememberSecrets(`test://u${some.repeat(2 ** 15)}@h/`);
    }
    const text = `no ${':@@x@:@'.repeat(2 ** 13)}`;
    expect(withoutSecrets(text)).to.have.length.below(text.length);
  });
});

describe('withoutPassword', () => {
  for (const [uri, shown] of [
    ['esx://root:secret@host/?no_verify=1', 'esx://root@host/?no_verify=1'],
    ['esx://root:s%40c:ret@host:443/', 'esx://root@host:443/'],
    ['test:///x?token=s3#cret', 'test:///x?token=***'],
    ['test:///x?a=1&access_token=s3cret&b=2', 'test:///x?a=1&access_token=***&b=2'],
    ['esx://:secret@host/', 'esx://@host/'],
    ['esx://root%3Asecret@host/', 'esx://root@host/'],
    ['qemu+ssh://root@[::1]:22/system', 'qemu+ssh://root@[::1]:22/system'],
    ['qemu+ssh://host:22/system?keyfile=/a@b', 'qemu+ssh://host:22/system?keyfile=/a@b'],
    ['test+unix:///default?socket=/run/a:b@c', 'test+unix:///default?socket=/run/a:b@c'],
    ['test:///a:b@c', 'test:///a:b@c'],
    ['test:///x?%70assword=s3cret&a=1', 'test:///x?%70assword=***&a=1'],
    ['test:///x?a=1;TOKEN=s3;cret', 'test:///x?a=1;TOKEN=***'],
    ['test:///x?password=&a=1', 'test:///x?password=&a=1'],
    ['x:///?name=y%3A%2F%2Fjoe%3As3cret%40h', 'x:///?name=y%3A%2F%2Fjoe%40h'],
    ['x:///?a=b;Name=y://joe:s3cret@h&c', 'x:///?a=b;Name=y%3A%2F%2Fjoe%40h&c'],
    ['x:///?n%61me=y://joe:s3cret@h', 'x:///?n%61me=y%3A%2F%2Fjoe%40h'],
    ['x:///?name=y%3A%2F%2Fjos%C3%A9%3As3cret%40h', 'x:///?name=y%3A%2F%2Fjos%C3%A9%40h'],
    ['x:///?name=qemu:///system', 'x:///?name=qemu:///system'],
  ] as const) {
    it(`should show ${uri} as ${shown}`, () => {
      expect(withoutPassword(uri)).to.equal(shown);
    });
  }

  it('should come to an end soon', () => {
    for (const some of ['%3A', ':', '//', '?name=', ';name=x'])
      expect(withoutPassword(`test://${some.repeat(2 ** 15)}`)).to.have.length.above(50);
  });
});
