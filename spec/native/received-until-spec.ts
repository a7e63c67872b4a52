import { expect } from 'chai';
import { bridgeSources, linesOfProgram } from '../support/programs/native-program.js';

describe('the time until which everything was received', () => {
  it('should be that of an empty socket, or of an answer when the other side may have had to wait', async function () {
    this.timeout(60_000);
    expect(await linesOfProgram('received-until', bridgeSources)).to.deep.equal([
      ['it was never full', 'some messages: all is read', 'many turns: all is read', 'no question'],
      [
        'the other side may have waited with the rest',
        'a full socket: maybe not all',
        'the rest, much later: maybe not all',
        'no question while something is unread',
        'something more: maybe not all',
        'a question: maybe not all',
        'its answer: all is read',
        'the turn after it: maybe not all',
        'nothing much has come since: all is read',
      ],
      [
        'it was full again meanwhile',
        'a full socket: maybe not all',
        'another one before the answer: maybe not all',
        'the answer: all is read',
        'the turn after it: maybe not all',
      ],
      ['whether libvirt has something to report', 'not due', 'due', 'not due'],
      [
        'long messages',
        'a long message: all is read',
        'a socket that is full of them: maybe not all',
        'the end: maybe not all',
        'no question',
      ],
      ['long messages that come meanwhile', 'it fills while it is read: maybe not all'],
      ['it is held back', 'a full socket: maybe not all', 'no question', 'a question'],
    ]);
  });
});
