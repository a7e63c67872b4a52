import { expect } from 'chai';
import { inShort, play, type Snapshot } from '../support/hosts/live-state-story.js';

describe('the live state of a host', () => {
  const first = ['2 added a >1 1.3 synthetic', '2 added b >1 1.4 synthetic'];

  it('should begin with what is there', () => {
    expect(play({})).to.deep.equal({ told: first, calls: ['list'] });
    expect(play({}, { watched: 'objects' }).told).to.deep.equal(['2 a=1 b=1']);
  });

  it('should emit an empty map when nothing is there', () => {
    expect(
      play({ 0: ({ world }) => world.objects.clear() }, { watched: 'objects', steps: '-c' }).told,
    ).to.deep.equal(['3 ']);
  });

  it('should read what an event names, and tell what has changed', () => {
    const { told, calls } = play({
      10: ({ world }) => {
        world.set('a=2');
        world.marks.next('a');
      },
      20: ({ world }) => {
        world.set('b c=1');
        world.marks.next('b');
        world.marks.next('c');
      },
    });
    expect(told.slice(2)).to.deep.equal(['12 changed a 1>2 1.5', '22 removed b 1> 1.6', '24 added c >1 1.7']);
    expect(calls).to.deep.equal(['list', 'fetch a', 'fetch b', 'fetch c']);
  });

  it('should be silent when an event has changed nothing', () => {
    expect(play({ 10: ({ world }) => world.marks.next('a') }).told).to.deep.equal(first);
  });

  it('should miss no object that appears while the list is read', () => {
    const { told, calls } = play({
      1: ({ world }) => {
        world.set('c=1');
        world.marks.next('c');
      },
    });
    expect(told.slice(2)).to.deep.equal(['4 added c >1 1.5']);
    expect(calls).to.deep.equal(['list', 'fetch c']);
  });

  it('should read an object again that changes while it is read', () => {
    const { told } = play({
      10: ({ world }) => {
        world.set('a=2');
        world.marks.next('a');
      },
      11: ({ world }) => {
        world.set('a=3');
        world.marks.next('a');
      },
    });
    expect(told.slice(2)).to.deep.equal(['12 changed a 1>2 1.5', '14 changed a 2>3 1.6']);
  });

  it('should need a handful of calls for a storm of a thousand events', () => {
    const { told, calls } = play({
      10: ({ world }) => {
        for (let event = 0; event < 1000; event++) {
          world.set(`a=${event}`);
          world.marks.next('a');
        }
      },
    });
    expect(told.at(-1)).to.equal('14 changed a 0>999 1.6');
    expect(calls).to.deep.equal(['list', 'fetch a', 'fetch a']);
  });

  it('should tell what has changed during a gap, as synthetic, before anything newer', () => {
    const { told, calls } = play(
      {
        12: ({ world }) => world.set('a=2 b c=1'),
        21: ({ world }) => {
          world.set('c=2');
          world.marks.next('c');
        },
      },
      { steps: 'c---------l---------d' },
    );
    expect(told.slice(2)).to.deep.equal([
      '22 changed a 1>2 2.1 synthetic',
      '22 removed b 1> 2.2 synthetic',
      // An event has reported this one while the list was read.
      '22 added c >1 2.3',
      '24 changed c 1>2 2.4',
    ]);
    expect(calls).to.deep.equal(['list', 'list', 'fetch c']);
  });

  it('should tell what no event has reported first', () => {
    const { told } = play(
      {
        12: ({ world }) => world.set('a=2 b=2'),
        21: ({ world }) => world.marks.next('a'),
      },
      { steps: 'c---------l---------d' },
    );
    expect(told.slice(2)).to.deep.equal(['22 changed b 1>2 2.1 synthetic', '22 changed a 1>2 2.2']);
  });

  it('should drop a reply that comes after the loss of its connection', () => {
    const { told } = play(
      {
        9: ({ world }) => {
          world.set('a=2');
          world.marks.next('a');
        },
        15: ({ world }) => world.set('a=1'),
      },
      { steps: 'c---------l---------d' },
    );
    expect(told).to.deep.equal(first);
  });

  it('should tell a new subscriber what is there, and then what changes', () => {
    const late: string[] = [];
    play({
      10: ({ live }) => {
        live.changes.subscribe((change) => late.push(inShort(change)));
      },
      20: ({ world }) => {
        world.set('a');
        world.marks.next('a');
      },
    });
    expect(late).to.deep.equal(['added a >1 1.5 synthetic', 'added b >1 1.6 synthetic', 'removed a 1> 1.7']);
  });

  it('should read again when a reading has failed', () => {
    const { told, calls } = play({
      10: ({ world }) => {
        world.failures = 2;
        world.set('a=2');
        world.marks.next('a');
      },
    });
    // 2 ms, a delay of 3 ms, 2 ms, a delay of 6 ms, 2 ms.
    expect(told.slice(2)).to.deep.equal(['25 changed a 1>2 1.5']);
    expect(calls).to.deep.equal(['list', 'fetch a', 'fetch a', 'fetch a']);
  });

  it('should list again where events were lost, after the reading that is under way', () => {
    const { told, calls } = play({
      10: ({ world }) => {
        world.set('a=2');
        world.marks.next('a');
        world.set('b=2');
        world.losses.next(1);
        world.losses.next(1);
      },
    });
    expect(told.slice(2)).to.deep.equal(['12 changed a 1>2 1.5', '14 changed b 1>2 1.6 synthetic']);
    expect(calls).to.deep.equal(['list', 'fetch a', 'list']);
  });

  it('should find by a listing from time to time what no event has told', () => {
    const { told, calls } = play({ 15: ({ world }) => world.set('a=2') }, { resyncMs: 20 });
    expect(told.slice(2)).to.deep.equal(['22 changed a 1>2 1.5 synthetic']);
    expect(calls).to.deep.equal(['list', 'list', 'list']);
  });

  it('should hand out maps that stay as they were', () => {
    const kept: ReadonlyMap<string, Snapshot>[] = [];
    play({
      0: ({ live }) => {
        live.objects.subscribe((objects) => kept.push(objects));
      },
      10: ({ world }) => {
        world.set('a=2');
        world.marks.next('a');
      },
    });
    expect(kept.map((objects) => objects.get('a')?.state)).to.deep.equal(['1', '2']);
    expect(kept[0]?.get('b')).to.equal(kept[1]?.get('b'));
  });
});
