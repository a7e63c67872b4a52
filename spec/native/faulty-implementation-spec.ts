import { expect } from 'chai';
import { PrivateLibvirtd } from '../support/libvirtd/private-libvirtd.js';
import { reportOf } from '../support/programs/run-script.js';

interface Result {
  /** The outcomes of adding two watches, then two timeouts. */
  readonly outcomes: string[];
  readonly removals: number[];
  /** How many sources were added and not freed. */
  readonly registered: number;
  readonly lines: string[];
}

const refused = 'EventLoopError EINVAL';

/** What came of a fault; the process has to end well, with nothing on stderr. */
const resultOf = async (fault: string) => (await reportOf('faulty-implementation', [fault])) as Result;

describe('event loops of users that misbehave (property 10)', () => {
  const faults = {
    throws: 'threw: Error: not today',
    'throws-null': 'threw: null',
    NaN: 'answered NaN, which is not an id: refused',
    '-1': 'answered -1, which is not an id: refused',
    '0': 'answered 0, which is not an id: refused',
    '1.5': 'answered 1.5, which is not an id: refused',
    string: 'answered 7, which is not an id: refused',
    undefined: 'answered undefined, which is not an id: refused',
  };
  for (const [fault, message] of Object.entries(faults)) {
    it(`should refuse with EventLoopError, log and go on when an add answers with ${fault}`, async () => {
      const { outcomes, removals, registered, lines } = await resultOf(fault);
      expect(outcomes).to.deep.equal([refused, refused, refused, refused]);
      // These were added from another thread, which can't wait for the answer. They are silent until they are removed
      // and freed.
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
    const { outcomes, removals, registered, lines } = await resultOf('new-ids');
    expect(outcomes).to.deep.equal(['added', 'added', 'added', 'added']);
    expect(removals).to.deep.equal([0, 0]);
    expect(registered, 'the four that were not removed').to.equal(4);
    expect(lines).to.deep.equal([
      'error FaultyImpl.updateHandle threw: Error: no update of watches here',
      'error FaultyImpl.updateTimeout threw: Error: no update of timeouts here',
      'error FaultyImpl.removeHandle threw: Error: no removal of watches here',
      'warn FaultyImpl.removeTimeout(6) answered -1 for an id that is registered',
    ]);
  });

  it('should refuse an id that another watch or timeout has, log and go on', async () => {
    const { outcomes, lines } = await resultOf('same-id');
    expect(outcomes).to.deep.equal(['added', refused, 'added', refused]);
    expect(lines).to.include('error FaultyImpl.addHandle answered 7, which is already in use: refused');
    expect(lines).to.include('error FaultyImpl.addTimeout answered 7, which is already in use: refused');
  });

  for (const end of ['alive', 'ended'])
    it(`should not keep a connection whose socket nobody reads, with a daemon that is ${end}`, async () => {
      await using libvirtd = await PrivateLibvirtd.start();
      const report = await reportOf('watch-refused', [end, libvirtd.uri, String(libvirtd.pid)]);
      expect(report).to.equal('closed');
    });

  it('should take an id again once the watch or timeout that had it is removed', async () => {
    expect(await reportOf('reused-ids')).to.deep.equal({
      called: ['first', 'second', 'third'].flatMap((name) => [`${name} watch`, `${name} timeout`]),
    });
  });
});
