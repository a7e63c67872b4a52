import { expect } from 'chai';
import { runProgram } from './run-program.js';

interface Result {
  /** Of two watches, then of two timeouts. */
  readonly outcomes: string[];
  readonly removals: number[];
  /** What is added and not freed. */
  readonly registered: number;
  readonly lines: string[];
}

const refused = 'EventLoopError EINVAL';

describe('event loops of users that misbehave (property 10)', () => {
  const faults = {
    throws: 'threw: Error: not today',
    'throws-null': 'threw: null',
    NaN: 'answered NaN, which is no id: refused',
    '-1': 'answered -1, which is no id: refused',
    '0': 'answered 0, which is no id: refused',
    '1.5': 'answered 1.5, which is no id: refused',
    string: 'answered 7, which is no id: refused',
    undefined: 'answered undefined, which is no id: refused',
  };
  for (const [fault, message] of Object.entries(faults)) {
    it(`should refuse with EventLoopError, log and go on when an add answers with ${fault}`, async () => {
      const end = await runProgram('faulty-implementation', fault);
      expect(end).to.include({ code: 0, signal: null, stderr: '' });
      const { outcomes, removals, registered, lines } = end.result as Result;
      expect(outcomes).to.deep.equal([refused, refused, refused, refused]);
      // From another thread, where nobody could wait for the answer: silent until it is removed and freed.
      expect(removals).to.deep.equal([0, 0]);
      expect(registered).to.equal(0);
      expect(lines).to.deep.equal([
        `error FaultyImpl.addHandle ${message}`,
        `error FaultyImpl.addHandle ${message}`,
        `error FaultyImpl.addTimeout ${message}`,
        `error FaultyImpl.addTimeout ${message}`,
        `error FaultyImpl.addHandle ${message}`,
        `error FaultyImpl.addTimeout ${message}`,
      ]);
    });
  }

  it('should log, free and go on when an update throws and a removal throws or answers -1', async () => {
    const end = await runProgram('faulty-implementation', 'new-ids');
    expect(end).to.include({ code: 0, signal: null, stderr: '' });
    const { outcomes, removals, registered, lines } = end.result as Result;
    expect(outcomes).to.deep.equal(['added', 'added', 'added', 'added']);
    expect(removals).to.deep.equal([0, 0]);
    expect(registered, 'the four that were not removed').to.equal(4);
    expect(lines).to.deep.equal([
      'error FaultyImpl.updateHandle threw: Error: no update of watches here',
      'error FaultyImpl.updateTimeout threw: Error: no update of timeouts here',
      'error FaultyImpl.removeHandle threw: Error: no removal of watches here',
      'warn FaultyImpl.removeTimeout(6) answered -1 for an id it has',
    ]);
  });

  it('should refuse an id that another one has, log and go on', async () => {
    const end = await runProgram('faulty-implementation', 'same-id');
    expect(end).to.include({ code: 0, signal: null, stderr: '' });
    const { outcomes, lines } = end.result as Result;
    expect(outcomes).to.deep.equal(['added', refused, 'added', refused]);
    expect(lines).to.include('error FaultyImpl.addHandle answered 7, which is the id of another: refused');
    expect(lines).to.include('error FaultyImpl.addTimeout answered 7, which is the id of another: refused');
  });

  it('should take an id again once the watch or timeout that had it is removed', async () => {
    const end = await runProgram('reused-ids');
    expect(end).to.include({ code: 0, signal: null, stderr: '' });
    expect(end.result).to.deep.equal({
      called: ['first', 'second', 'third'].flatMap((name) => [`${name} watch`, `${name} timeout`]),
    });
  });
});
