import { expect } from 'chai';
import { inspect } from 'node:util';
import { firstValueFrom } from 'rxjs';
import { connect, Connection, setLogger } from '../../lib/index.js';
import { LogLines } from '../support/log-lines.js';
import { rejection } from '../support/rejection.js';
import { ScriptedLibvirtd } from '../support/scripted-libvirtd/index.js';

/** Every password below contains one of these. */
const secret = /Gehe|1mn1s/;

// People write passwords into URIs without escaping them. Here is one password for each way in which that can go wrong.
const passwords = [
  'Gehe1mn1s',
  'Gehe/1mn1s',
  'Gehe 1mn1s',
  'Gehe@1mn1s',
  'Gehe@@1mn1s@',
  'Gehe#1mn1s',
  'Gehe?1mn1s',
  'Gehe%1mn1s',
  'Gehe%zz1mn1s',
  'Gehe%401mn1s',
  'Gehe%2F1mn1s',
  'Gehe:1mn1s',
  'Gehe&a=1mn1s',
  'Gehe"1mn1s',
  "Gehe'1mn1s",
  'Gehe\\1mn1s',
  'Gehe\n1mn1s',
  'Gehe\t1mn1s',
  'Gehe<>1mn1s',
  'Gehe[1mn1s]',
  'Gehe{1mn1s}$&',
  'Gehé1mn1s',
  'Gehe\u{1F511}1mn1s',
  '/Gehe1mn1s',
  '@Gehe1mn1s',
  '?Gehe/1mn1s',
  '#Gehe@1mn1s',
  '9/Gehe1mn1s',
  '9?Gehe=1mn1s',
  `${'long '.repeat(300)}Gehe1mn1s`,
  'Gehe1mn1s'.repeat(300),
] as const;

const templates = [
  (password: string) => `qemu://user:${password}@/nowhere`,
  (password: string) => `test+tcp://user:${password}@127.0.0.1:1/default`,
  (password: string) => `test+tcp://:${password}@127.0.0.1:1/default?mode=direct`,
  (password: string) => `test+ssh://us@er:${password}@127.0.0.1:1/default`,
  (password: string) => `hyperv://user:${password}@127.0.0.1:1/?transport=http`,
  (password: string) => `none://user:${password}@`,
  (password: string) => `test+bad://user:${password}@host/default`,
  (password: string) =>
    `test+tcp://127.0.0.1:1/default?name=${encodeURIComponent(`x://user:${password}@host/`)}`,
  (password: string) => `test+tcp://127.0.0.1:1/default?name=x://user:${password}@host/`,
];

describe('passwords in URIs', () => {
  let log: LogLines;
  beforeEach(() => {
    log = new LogLines();
    setLogger(log.logger);
  });
  afterEach(() => setLogger(null));

  for (const password of passwords) {
    it(`should reach neither errors nor the log: ${JSON.stringify(password.slice(0, 20))}`, async () => {
      for (const template of templates) {
        const uri = template(password);
        const error = await rejection(Connection.open(uri));
        // libvirt's own lines arrive in the next turn of the loop.
        await new Promise((resolve) => setTimeout(resolve));
        for (const text of [String(error), inspect(error, { depth: 9, showHidden: true }), ...log.lines]) {
          expect(text).not.to.match(secret);
        }
        expect(error)
          .to.have.property('message')
          .that.matches(/ can't be opened: ./);
      }
      expect(log.lines.filter((line) => line.startsWith('debug: libvirt: '))).to.have.length.above(5);
    });
  }

  it('should not be in the errors of connect either', async () => {
    const error = await rejection(firstValueFrom(connect('qemu://user:Gehe 1mn1s@host/system')));
    expect(inspect(error)).to.include('qemu://host/system').and.not.to.match(secret);
  });

  it('should not be in the uri of an open connection, in its errors or in the log', async () => {
    await using daemon = await ScriptedLibvirtd.start();
    const { socketPath } = daemon;
    const connection = await Connection.open(`test+unix://user:Gehe%401mn1s@/default?socket=${socketPath}`);
    expect(connection.uri).to.equal(`test+unix://user@/default?socket=${socketPath}`);
    const unknown = await rejection(connection.lookupDomainByName('nobody'));
    for (const client of daemon.clients) client.drop();
    await firstValueFrom(connection.closed);
    const closed = await rejection(connection.lookupDomainByName('nobody'));
    await connection.close();
    for (const text of [inspect(unknown), inspect(closed), ...log.lines]) expect(text).not.to.match(secret);
    expect(log.lines)
      .to.include(`info: opened test+unix:///default?socket=${socketPath}`)
      .and.to.include(`info: closed test+unix:///default?socket=${socketPath}`);
  });

  it('should not be in the uri of an open connection when they are in a URI within it', async () => {
    await using daemon = await ScriptedLibvirtd.start();
    const { socketPath } = daemon;
    const within = encodeURIComponent('test://user:Gehe 1mn1s@host/?name=x%3A%2F%2Fa%3A1mn1s%40b');
    const uri = `test+unix:///default?name=${within}&socket=${socketPath}`;
    await using connection = await Connection.open(uri);
    const unknown = await rejection(connection.lookupDomainByName('nobody'));
    await connection.close();
    for (const text of [connection.uri, inspect(unknown), ...log.lines]) expect(text).not.to.match(secret);
    expect(connection.uri).to.include('user%40host').and.to.include(`socket=${socketPath}`);
  });

  it('should not be shown when they come from LIBVIRT_DEFAULT_URI', async () => {
    const before = process.env['LIBVIRT_DEFAULT_URI'];
    process.env['LIBVIRT_DEFAULT_URI'] = 'qemu://user:Gehe 1mn1s@host/system';
    try {
      expect(inspect(await rejection(Connection.open()))).not.to.match(secret);
    } finally {
      if (before === undefined) delete process.env['LIBVIRT_DEFAULT_URI'];
      else process.env['LIBVIRT_DEFAULT_URI'] = before;
    }
  });
});
