import { expect } from 'chai';
import { once } from 'node:events';
import { EMPTY, NEVER, of, Subject } from 'rxjs';
import type { ConnectionState } from '../../lib/connection-state.js';
import { LibvirtStream } from '../../lib/streams/libvirt-stream.js';
import { ready, state, type RawStream } from '../../lib/streams/raw-stream.js';

const part = 1 << 20;

/** One of libvirt's streams that always has more, and answers a read when it is told to. */
class ScriptedStream {
  readonly connection = { closed: EMPTY, isOpen: true };
  finish = () => Promise.resolve();
  readonly close = () => Promise.resolve();
  readonly await = () => Promise.resolve();
  readonly allowReading = (): void => undefined;
  onReady: (events: number) => void = () => undefined;
  /** What its reads answer. */
  after: number = state.hasMore;
  size = part;
  #answer: (() => void) | undefined;

  receive(): Promise<readonly [Buffer, number]> {
    return new Promise((resolve) => {
      this.#answer = () => {
        resolve([Buffer.alloc(this.size), this.after]);
      };
    });
  }

  /** Answers the read that waits. Throws when there is none. */
  answer(): void {
    if (this.#answer === undefined) throw new Error('nothing is read');
    this.#answer();
    this.#answer = undefined;
  }
}

describe('LibvirtStream', () => {
  for (let microtasks = 0; microtasks < 12; microtasks++)
    it(`should go on with a reader that asks for more ${microtasks} microtasks after an answer`, async () => {
      const scripted = new ScriptedStream();
      const stream = new LibvirtStream(
        scripted as unknown as RawStream,
        { closed: EMPTY } as unknown as ConnectionState,
        { readable: true, writable: false },
      );
      stream.read(0);
      let bytes = 0;
      for (let parts = 0; parts < 3; parts++) {
        scripted.answer();
        for (let left = microtasks; left > 0; left--) await Promise.resolve();
        bytes += (stream.read() as Buffer | null)?.length ?? 0;
        await new Promise(setImmediate);
        bytes += (stream.read() as Buffer | null)?.length ?? 0;
        await new Promise(setImmediate);
      }
      expect(bytes).to.equal(3 * part);
      stream.destroy();
    });

  it('should be closed at once when the connection that it is opened from is closed in that moment', async () => {
    const scripted = new ScriptedStream();
    let closes = 0;
    const close = () => {
      closes++;
      return Promise.resolve();
    };
    const raw = Object.assign(scripted, { close }) as unknown as RawStream;
    const from = { closed: of({ reason: 'client' }) } as unknown as ConnectionState;
    const stream = new LibvirtStream(raw, from, { readable: true, writable: true });
    await once(stream, 'close');
    expect(stream.errored).to.equal(null);
    expect(closes).to.equal(1);
  });

  it('should end with why the host has ended it, where a call under way tells more than the loss', async () => {
    const lost = new Subject<{ readonly reason: string }>();
    const answers: ((error: Error) => void)[] = [];
    const connection = { closed: lost, isOpen: true, closedError: () => new Error('lost') };
    const writing = new Promise<number>((_, fail) => answers.push(fail));
    const written = {
      connection,
      waitsInCalls: true,
      send: () => writing,
      answered: () => Promise.allSettled([writing]),
    };
    const raw = Object.assign(new ScriptedStream(), written) as unknown as RawStream;
    const from = { closed: NEVER } as unknown as ConnectionState;
    const stream = new LibvirtStream(raw, from, { readable: false, writable: true });
    stream.write('x');
    const failed = once(stream, 'error');
    connection.isOpen = false;
    lost.next({ reason: 'error' });
    await new Promise(setImmediate);
    for (const fail of answers) fail(new Error('no space left'));
    expect(await failed).to.have.nested.property('0.message', 'no space left');
  });

  it('should end once, without another read, when it becomes ready while it is finished', async () => {
    const scripted = new ScriptedStream();
    const stream = new LibvirtStream(
      scripted as unknown as RawStream,
      { closed: EMPTY } as unknown as ConnectionState,
      { readable: true, writable: false },
    );
    scripted.finish = () => {
      scripted.onReady(ready.readable);
      return Promise.resolve();
    };
    scripted.after = state.hasEnded;
    scripted.size = 10; // so few that the stream wants more
    const all = stream.toArray();
    await new Promise(setImmediate);
    scripted.answer();
    expect(await all).to.have.length(1);
    expect(() => {
      scripted.answer();
    }).to.throw('nothing is read');
  });
});
