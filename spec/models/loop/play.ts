import { Subject, VirtualTimeScheduler } from 'rxjs';
import { RxEventImpl } from '../../../lib/loop/rx-event-impl.js';
import { LogLines } from '../../support/log-lines.js';
import type { Faults } from '../runs.js';
import { eagerFd, frequencies, masks, refusedFd, type Command, type Plan, type Request } from './commands.js';
import { EitherKind } from './either-kind.js';
import { eagerBits, ModelledFiles } from './modelled-files.js';
import { ModelledSource } from './modelled-source.js';

/** What is going on while a callback may come. */
type Occasion =
  { readonly what: 'ready'; readonly fd: number; readonly bits: number } | { readonly what: 'turn' | 'time' };

/** Gives the commands to an `RxEventImpl` in virtual time, and checks all that it does against the contract. */
class Play {
  readonly #faults: string[] = [];
  readonly #scheduler = new VirtualTimeScheduler();
  readonly #files = new ModelledFiles((events) => {
    this.#expect(events !== 0, 'a watch with mask 0 is polled');
  });
  readonly #turns = new Subject<void>();
  readonly #loop: RxEventImpl;
  readonly #calls: EitherKind;
  readonly #sources: ModelledSource[] = [];
  /** Counts whatever happens. */
  #step = 0;
  /** How many calls of the loop, callbacks and free callbacks are on the stack. */
  #depth = 0;
  #occasion: (Occasion & { readonly since: number }) | undefined;
  /** The eager sources that are being subscribed to. */
  readonly #subscribing: { readonly source: ModelledSource; readonly since: number }[] = [];

  constructor() {
    this.#loop = new RxEventImpl({
      scheduler: this.#scheduler,
      turns: this.#turns,
      fromFd: this.#files.fromFd,
      logger: new LogLines().logger,
    });
    this.#calls = new EitherKind(this.#loop);
  }

  run(commands: readonly Command[]): Faults {
    for (const command of commands) {
      this.#do(command);
      this.#checkStats();
    }
    for (const source of this.#sources) if (source.state === 'live') this.#remove(source);
    this.#pass(5);
    // What free callbacks have added or not removed goes too. Their plans come to an end.
    for (const source of this.#sources) if (source.state === 'live') this.#remove(source);
    this.#pass(5);
    this.#expect(this.#loop.isIdle && this.#count('live') === 0, 'the loop is not idle in the end');
    return this.#faults;
  }

  #do(command: Command): void {
    switch (command.what) {
      case 'unknown':
        this.#callUnknown(command.id);
        break;
      case 'ready':
        this.#during(command, () => {
          this.#files.emit(command.fd, command.bits);
        });
        break;
      case 'turn':
        this.#during(command, () => {
          this.#turns.next();
        });
        break;
      case 'pass':
        this.#pass(command.ms);
        break;
      default:
        this.#request(command);
    }
  }

  #request(request: Request): void {
    if (request.what === 'watch') {
      this.#add('watch', request.fd, settingOf('watch', request.setting), request.plan);
    } else if (request.what === 'timeout') {
      this.#add('timeout', -1, settingOf('timeout', request.setting), request.plan);
    } else {
      const source = this.#sources[request.source % this.#sources.length];
      if (source === undefined) return;
      if (request.what === 'remove') this.#remove(source);
      else this.#update(source, settingOf(source.kind, request.setting));
    }
  }

  #add(kind: 'watch' | 'timeout', fd: number, setting: number, plan: Plan): void {
    const source = new ModelledSource(kind, fd, setting, plan, this.#now());
    this.#sources.push(source);
    const onCallback = (told: number, toldFd: number, bits: number, opaque: unknown) => {
      this.#expect(toldFd === fd, 'a callback with another file descriptor');
      this.#callback(source, told, bits, opaque);
    };
    const onFree = () => {
      this.#free(source);
    };
    const id = this.#calling(source, () => this.#calls.add(kind, fd, setting, onCallback, source, onFree));
    const isRefused = fd === refusedFd && setting !== 0;
    this.#expect((id === -1) === isRefused, `an add has answered ${id}`);
    if (isRefused) source.state = 'refused';
    else this.#take(source, id);
  }

  // The id that an add has answered, or that a callback has told before.
  #take(source: ModelledSource, id: number): void {
    if (source.id !== undefined) {
      this.#expect(source.id === id, `id ${id}, not ${source.id}`);
      return;
    }
    const sameKind = this.#sources.filter(({ kind }) => kind === source.kind);
    this.#expect(
      sameKind.every((other) => other.id !== id),
      `id ${id} was used before`,
    );
    if (sameKind[0] === source) this.#expect(id === 1, `the first id is ${id}`);
    source.id = id;
  }

  #update(source: ModelledSource, setting: number): void {
    const { id } = source;
    if (id === undefined) return;
    const isEffective = source.state === 'live';
    if (isEffective) source.set(setting, this.#now());
    this.#calling(source, () => {
      this.#calls.update(source.kind, id, setting);
    });
  }

  #remove(source: ModelledSource): void {
    const { id } = source;
    if (id === undefined) return;
    const isKnown = source.state === 'live';
    if (isKnown) source.state = 'removed';
    const status = this.#calling(source, () => this.#calls.remove(source.kind, id));
    this.#expect(status === (isKnown ? 0 : -1), `a removal has answered ${status}`);
  }

  #callUnknown(id: number): void {
    for (const kind of ['watch', 'timeout'] as const) {
      if (this.#sources.some((known) => known.kind === kind && known.id === id && known.state === 'live'))
        continue;
      this.#calls.update(kind, id, 1);
      this.#expect(this.#calls.remove(kind, id) === -1, `an unknown ${kind} was removed`);
    }
  }

  #callback(source: ModelledSource, id: number, bits: number, opaque: unknown): void {
    this.#take(source, id);
    this.#expect(opaque === source, 'a callback with the opaque of another');
    this.#expect(!source.isSilent, `a callback of one that is ${source.state}, setting ${source.setting}`);
    const subscribing = this.#subscribing.at(-1);
    const isEager =
      source.fd === eagerFd && subscribing?.source === source && source.changedAt.step < subscribing.since;
    this.#expect(isEager || this.#isDue(source, bits), `a callback that is not due, bits ${bits}`);
    if (isEager) this.#expect(bits === source.own(eagerBits), `bits ${bits} of an eager source`);
    source.lastCallAt = ++this.#step;
    source.ticks++;
    this.#act(source.plan.callbacks[source.callbacks++]);
  }

  #isDue(source: ModelledSource, bits: number): boolean {
    const occasion = this.#occasion;
    if (occasion === undefined || source.lastCallAt > occasion.since) return false;
    if (source.kind === 'watch') {
      return (
        occasion.what === 'ready' &&
        occasion.fd === source.fd &&
        bits !== 0 &&
        bits === source.own(occasion.bits)
      );
    }
    if (source.setting === 0) return occasion.what === 'turn' && source.changedAt.step < occasion.since;
    return occasion.what === 'time' && source.isDueAt(this.#scheduler.frame);
  }

  #free(source: ModelledSource): void {
    this.#expect(this.#depth === 0, 'a free on the stack of another call');
    this.#expect(source.state === 'removed', `a free of one that is ${source.state}`);
    source.state = 'freed';
    this.#act(source.plan.free);
  }

  #act(request: Request | undefined): void {
    if (request === undefined) return;
    this.#depth++;
    this.#request(request);
    this.#depth--;
  }

  #pass(ms: number): void {
    for (let passed = 0; passed <= ms; passed++) {
      const frame = this.#scheduler.frame + (passed === 0 ? 0 : 1);
      this.#scheduler.maxFrames = frame;
      this.#during(
        { what: 'time' },
        () => {
          this.#scheduler.flush();
        },
        frame,
      );
      this.#scheduler.frame = frame;
      this.#expect(this.#count('removed') === 0, 'what was removed is not freed');
    }
  }

  /** Whoever was due before `work` began, and was left alone during it, has to be called exactly once. */
  #during(occasion: Occasion, work: () => void, ms = this.#scheduler.frame): void {
    const since = ++this.#step;
    this.#occasion = { ...occasion, since };
    const isOver = ms === this.#scheduler.frame;
    const due = this.#sources.filter((source) => {
      if (occasion.what === 'ready') return source.fd === occasion.fd && source.own(occasion.bits) !== 0;
      if (occasion.what === 'turn')
        return source.kind === 'timeout' && !source.isSilent && source.setting === 0;
      return !isOver && source.isDueAt(ms);
    });
    work();
    this.#occasion = undefined;
    for (const source of due)
      if (source.changedAt.step < since && source.state === 'live')
        this.#expect(source.lastCallAt > since, `no callback, though due: ${occasion.what}`);
  }

  #calling<Answer>(source: ModelledSource, call: () => Answer): Answer {
    this.#depth++;
    this.#subscribing.push({ source, since: ++this.#step });
    const answer = call();
    this.#subscribing.pop();
    this.#depth--;
    return answer;
  }

  #checkStats(): void {
    const stats = this.#loop.stats();
    const live = (kind: string) =>
      this.#sources.filter((source) => source.kind === kind && source.state === 'live').length;
    const wanted = {
      handles: live('watch'),
      timeouts: live('timeout'),
      pendingFrees: this.#count('removed'),
    };
    this.#expect(
      JSON.stringify(stats) === JSON.stringify(wanted),
      `stats ${JSON.stringify(stats)}, not ${JSON.stringify(wanted)}`,
    );
  }

  #count(state: ModelledSource['state']): number {
    return this.#sources.filter((source) => source.state === state).length;
  }

  #now(): { step: number; ms: number } {
    return { step: ++this.#step, ms: this.#scheduler.frame };
  }

  #expect(isRight: boolean, fault: string): void {
    if (!isRight) this.#faults.push(`${this.#scheduler.frame} ms: ${fault}`);
  }
}

function settingOf(kind: 'watch' | 'timeout', index: number): number {
  const settings = kind === 'watch' ? masks : frequencies;
  return settings[index % settings.length] as number;
}

/** Gives the commands to a loop, and returns what was wrong. */
export function play(commands: readonly Command[]): Faults {
  return new Play().run(commands);
}
