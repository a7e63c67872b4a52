import { expect } from 'chai';
import { config, lastValueFrom } from 'rxjs';
import { Connection, ConnectionClosedError, setLogger } from '../lib/index.js';
import { LogLines } from './support/log-lines.js';
import { rejection } from './support/rejection.js';
import { reportOf, runScript } from './support/programs/run-script.js';
import { ScriptedConnection } from './support/connection/scripted-connection.js';

// Each logger needs a process of its own, because a process chooses its logger once.
describe('logging', () => {
  it('should be silent until asked, and not even load winston', async () => {
    const report = await reportOf('log-by-environment');
    expect(report).to.deep.equal({ isWinstonLoaded: false });
  });

  it('should print all levels to stderr with RXVIRT_LOG=debug, under the name rxvirt', async () => {
    const { stderr, exitCode } = await runScript('log-by-environment', [], { env: { RXVIRT_LOG: 'debug' } });
    const lines = stderr.trim().split('\n');
    expect(lines.map((line) => line.replace(/^\S+ /, ''))).to.deep.equal([
      'rxvirt error: this is error',
      'rxvirt warn: this is warn',
      'rxvirt info: this is info',
      'rxvirt debug: this is debug',
    ]);
    for (const line of lines) expect(line).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/);
    expect(exitCode).to.equal(0);
  });

  it('should leave out lines below the level that RXVIRT_LOG names', async () => {
    const { stderr } = await runScript('log-by-environment', [], { env: { RXVIRT_LOG: 'warn' } });
    expect(stderr).to.include('this is warn').and.not.include('this is info');
  });

  it('should take levels in capitals, and warn when RXVIRT_LOG is not a level', async () => {
    const loud = await runScript('log-by-environment', [], { env: { RXVIRT_LOG: 'WARN' } });
    expect(loud.stderr).to.include('this is warn').and.not.include('this is info');
    const wrong = await runScript('log-by-environment', [], { env: { RXVIRT_LOG: 'loud' } });
    expect(wrong.stderr).to.match(
      /Warning: RXVIRT_LOG=loud is not a level, so nothing is logged; use error, warn, info or debug\n/,
    );
    expect(wrong.stderr).not.to.include('this is');
    expect(wrong.stderr.match(/RXVIRT_LOG=/g)).to.have.lengthOf(1);
  });

  it('should log the open and the close of a connection with RXVIRT_LOG=info', async () => {
    const { stderr, exitCode } = await runScript('log-a-connection', [], { env: { RXVIRT_LOG: 'info' } });
    expect(stderr).to.match(
      /rxvirt info: opened test:\/\/\/default\n.*rxvirt info: closed test:\/\/\/default\n/s,
    );
    expect(exitCode).to.equal(0);
  });

  it('should go to a winston logger of the program, labelled rxvirt, after setLogger', async () => {
    expect(await reportOf('log-to-winston')).to.deep.include.members([
      { level: 'info', message: 'opened test:///default', label: 'rxvirt' },
      { level: 'info', message: 'closed test:///default', label: 'rxvirt' },
    ]);
  });

  describe('setLogger', () => {
    afterEach(() => setLogger(null));

    it('should take anything with winston’s methods, and call them as methods', async () => {
      class Collector {
        readonly lines: string[] = [];
        error = (line: string) => this.lines.push(`error: ${line}`);
        warn = (line: string) => this.lines.push(`warn: ${line}`);
        info(line: string): void {
          this.lines.push(`info: ${line}`);
        }
        debug(line: string): void {
          this.lines.push(`debug: ${line}`);
        }
      }
      const collector = new Collector();
      setLogger(collector);
      await (await Connection.open('test:///default')).close();
      expect(collector.lines).to.include('info: opened test:///default');
    });

    it('should take console', async () => {
      const { stdout } = await runScript('log-to-console');
      expect(stdout).to.match(/^opened test:\/\/\/default\n(.*\n)*closed test:\/\/\/default\n$/m);
    });

    it('should ask a logger that has a child method for a child with the label rxvirt', async () => {
      const labels: unknown[] = [];
      const { logger, lines } = new LogLines();
      setLogger(
        Object.assign({ child: (fields: object) => (labels.push(fields), logger) }, new LogLines().logger),
      );
      await (await Connection.open('test:///default')).close();
      expect(labels).to.deep.equal([{ label: 'rxvirt' }]);
      expect(lines).to.include('info: closed test:///default');
    });

    it('should take the logger away again with null', async () => {
      const { logger, lines } = new LogLines();
      setLogger(logger);
      setLogger(null);
      await (await Connection.open('test:///default')).close();
      expect(lines).to.deep.equal([]);
    });

    it('should report what the logger throws, and everything should go on', async () => {
      const told: unknown[] = [];
      config.onUnhandledError = (error) => told.push(error);
      const fail = (line: string): never => {
        throw new Error(line);
      };
      setLogger({ error: fail, warn: fail, info: fail, debug: fail });
      await using scripted = await ScriptedConnection.open();
      const { connection, daemon } = scripted;
      const end = lastValueFrom(connection.domainEvents('lifecycle'));
      await daemon.waitForRegistrations('domain', 'lifecycle');
      for (const client of daemon.clients) client.drop();
      expect(await rejection(end)).to.be.an.instanceOf(ConnectionClosedError);
      await connection.close();
      // The error is reported on a later stack.
      await new Promise((resolve) => setTimeout(resolve));
      config.onUnhandledError = null;
      expect(told.map((error) => String(error).split(' ').slice(0, 2).join(' '))).to.include.members([
        'Error: opened',
        'Error: lost',
        'Error: closed',
      ]);
    });

    it('should refuse an object that lacks a method, and keep the logger before it', async () => {
      const { logger, lines } = new LogLines();
      setLogger(logger);
      for (const none of [undefined, 5, {}, { ...logger, debug: undefined }]) {
        expect(() => setLogger(none as never)).to.throw(TypeError, 'no debug');
      }
      await (await Connection.open('test:///default')).close();
      expect(lines).to.include('info: opened test:///default');
    });
  });
});
