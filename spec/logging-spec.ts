import { expect } from 'chai';
import { reportOf, runScript } from './support/run-script.js';

// Each in a process of its own: the logger is chosen once.
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

  it('should leave out what is below the level that RXVIRT_LOG names', async () => {
    const { stderr } = await runScript('log-by-environment', [], { env: { RXVIRT_LOG: 'warn' } });
    expect(stderr).to.include('this is warn').and.not.include('this is info');
  });

  it('should tell of a connection with RXVIRT_LOG=info', async () => {
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
});
