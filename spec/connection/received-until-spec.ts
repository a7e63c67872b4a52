import { expect } from 'chai';
import { firstValueFrom } from 'rxjs';
import { ConnectionClosedError, type OpenOptions } from '../../lib/index.js';
import { beBusy } from '../support/connection/several-connections.js';
import { Listener } from '../support/connection/listener.js';
import { ScriptedConnection } from '../support/connection/scripted-connection.js';
import { libvirtErrors } from '../support/scripted-libvirtd/messages/error.js';

describe('the receivedUntil of a lost connection', () => {
  // A daemon waits with the rest when its socket is full, so the client asks it after so many events.
  const many = 100;
  const question = 'connect-get-lib-version';

  /** A read-only connection to a scripted daemon, and its lifecycle events. */
  class Story implements AsyncDisposable {
    static async begin(keepAlive: OpenOptions['keepAlive'] = { interval: 5, count: 5 }): Promise<Story> {
      const scripted = await ScriptedConnection.open({ readOnly: true, keepAlive });
      const listener = await Listener.on((options) => scripted.connection.domainEvents('lifecycle', options));
      return new Story(scripted, listener);
    }

    private constructor(
      private readonly scripted: ScriptedConnection,
      private readonly listener: Listener<unknown>,
    ) {}

    get daemon() {
      return this.scripted.daemon;
    }

    /** From now on, the subscriber is busy for so long with each event. */
    slowDown(eachMs: number): void {
      this.listener.onEvent = () => {
        beBusy(eachMs);
      };
    }

    get questions(): number {
      return this.daemon.calls.filter(({ procedure }) => procedure === question).length;
    }

    async asked(times: number): Promise<void> {
      await this.daemon.waitFor(`${times} questions`, () => this.questions >= times || undefined);
    }

    /** Resolves when so many events have been delivered, and the marker of their end. */
    async flood(count: number): Promise<void> {
      const before = this.listener.events.length;
      await this.daemon.flood('all', { count });
      await this.listener.heard(before + count + 1);
    }

    /** Resolves when one more event was delivered, with the times before and after it. */
    async oneMore(): Promise<{ readonly sentAt: number; readonly heardAt: number }> {
      const before = this.listener.events.length;
      const { state, uuid } = this.daemon.domains.get({ name: 'alpha' });
      const sentAt = Date.now();
      this.daemon.domains.act(state === 'paused' ? 'resume' : 'suspend', uuid);
      await this.listener.heard(before + 1);
      return { sentAt, heardAt: Date.now() };
    }

    /** Ends the connection, and resolves with what is known of it then. */
    async receivedUntil(): Promise<number | undefined> {
      for (const client of this.daemon.clients) client.drop();
      await firstValueFrom(this.scripted.connection.closed);
      const { error } = this.listener;
      return error instanceof ConnectionClosedError ? error.receivedUntil : undefined;
    }

    async [Symbol.asyncDispose](): Promise<void> {
      this.listener[Symbol.dispose]();
      await this.scripted.close();
    }
  }

  it('should be that of the last event, and the other side not be asked, after a few events', async () => {
    await using story = await Story.begin();
    await story.flood(40);
    const { sentAt, heardAt } = await story.oneMore();
    expect(await story.receivedUntil()).to.be.within(sentAt, heardAt);
    expect(story.questions).to.equal(0);
  });

  it('should be before a burst while the other side has not answered since', async () => {
    await using story = await Story.begin();
    const held = story.daemon.faults.hold(question);
    const { sentAt, heardAt } = await story.oneMore();
    await story.flood(many);
    await story.asked(1);
    expect(held.waiting).to.equal(1);
    await story.oneMore();
    expect(await story.receivedUntil()).to.be.within(sentAt, heardAt);
  });

  for (const [what, error] of [
    ['has answered', undefined],
    ['has refused to answer', libvirtErrors.accessDenied()],
  ] as const) {
    it(`should be after the burst when the other side ${what}`, async () => {
      await using story = await Story.begin();
      if (error !== undefined) story.daemon.faults.fail(question, error);
      await story.flood(many);
      const time = Date.now();
      await story.asked(1);
      await story.oneMore();
      expect(await story.receivedUntil()).to.be.at.least(time);
    });
  }

  it('should not be asked for while a subscriber is slower than the events, but after that', async () => {
    await using story = await Story.begin();
    story.slowDown(1);
    await story.flood(2000);
    expect(story.questions).to.equal(0);
    await story.asked(1);
  });

  it('should be after the burst when the other side has answered the second time', async () => {
    await using story = await Story.begin();
    story.daemon.faults.fail(question, libvirtErrors.operationInvalid('on purpose'), { times: 1 });
    await story.flood(many);
    await story.asked(1);
    const { heardAt } = await story.oneMore();
    await story.asked(2);
    await story.oneMore();
    expect(await story.receivedUntil()).to.be.at.least(heardAt);
  });

  for (const keepAlive of [{ interval: 5, count: 5 }, false] as const) {
    const how = keepAlive === false ? 'without keepalive' : 'with keepalive';
    it(`should be that of the question when much has come between it and its answer, ${how}`, async () => {
      await using story = await Story.begin(keepAlive);
      const held = story.daemon.faults.hold(question);
      await story.flood(many);
      const time = Date.now();
      await story.asked(1);
      const askedAt = Date.now();
      await story.flood(many);
      held.release();
      await story.oneMore();
      story.daemon.faults.hold(question);
      await story.asked(2);
      await story.oneMore();
      expect(await story.receivedUntil()).to.be.within(time, askedAt);
    });
  }
});
