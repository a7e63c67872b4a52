import { expect } from 'chai';
import { bridgeSources, linesOfProgram } from '../support/programs/native-program.js';

describe('the end of a connection, and its keepalive', () => {
  it('should come after what was sent before', async function () {
    this.timeout(60_000);
    const run = ['run', 'end of run'];
    expect(await linesOfProgram('told-end', bridgeSources)).to.deep.equal([
      ['nothing is due', 'told'],
      ['a timeout is due', ...run, 'told'],
      ['a timeout was due, and is silent when the home has its turn', ...run, 'told'],
      ['a timeout that is due is removed', 'told'],
      ['a timeout runs, and may have missed what was read last', ...run, ...run, 'told'],
      ['a timeout that runs is removed', ...run, 'told'],
      [
        'two connections, the second ends while the timeout of the first runs',
        ...run,
        'told',
        ...run,
        'told',
      ],
      ['the home ends, and another one begins', 'no home', ...run, 'told'],
      ['there is no home, until another one begins', 'no home', ...run, 'told'],
      [
        'keepalive is due while something of an ended daemon is unread',
        ...['the other side lives', ...run, 'it has ended', 'paused', 'still paused', 'may read again'],
        ...['nobody has read', ...run],
      ],
      ['keepalive is due before the client is told the end', 'it has ended', 'nobody was told', ...run],
      [
        'keepalive is due while something of a living daemon is unread',
        ...['not paused', ...run, 'paused', 'message', 'still paused', 'message', 'all is read', ...run],
        ...['paused until now', 'message', 'nobody has read', ...run],
        ...['paused, and a message is not complete', 'part of a message', 'paused, and it has ended'],
      ],
      ['calls begin', 'not paused', 'paused', 'message', 'still paused', 'message', 'all is read'],
    ]);
  });
});
