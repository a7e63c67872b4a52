import type { Agreement } from '../support/hosts/agreement.js';
import type { WatcherAnswer } from '../support/hosts/watcher.js';
import type { Weight } from '../support/hosts/flat-restarts.js';
import type { ProcessSize } from '../support/programs/process-size.js';

interface OfKind {
  rounds: number;
  longestMs: number;
  differences: number;
}

/** What a soak has measured. */
export class Figures {
  readonly #kinds = new Map<string, OfKind>();
  #rounds = 0;
  #differences = 0;
  #start: Weight | undefined;
  #end: Weight | undefined;
  #last: WatcherAnswer | undefined;

  /** @param recoveryMs From the repair of the fault until the host was right again. */
  round(kind: string, { isReached, answer }: Agreement, recoveryMs: number): void {
    const known = this.#kinds.get(kind) ?? { rounds: 0, longestMs: 0, differences: 0 };
    this.#kinds.set(kind, known);
    this.#rounds++;
    known.rounds++;
    known.longestMs = Math.max(known.longestMs, recoveryMs);
    if (!isReached) {
      known.differences++;
      this.#differences++;
    }
    this.#last = answer;
  }

  atStart({ heapKiB }: WatcherAnswer, size: ProcessSize): void {
    this.#start = { ...size, heapKiB };
  }

  atEnd(answer: WatcherAnswer, size: ProcessSize): void {
    this.#last = answer;
    this.#end = { ...size, heapKiB: answer.heapKiB };
  }

  /** Whether there was no difference. */
  get isGood(): boolean {
    return this.#differences === 0 && this.#rounds > 0;
  }

  progress(answer: WatcherAnswer, size: ProcessSize): string {
    return [
      `${this.#rounds} rounds`,
      `${this.#differences} differences`,
      `losses ${JSON.stringify(answer.losses)}`,
      `gaps ${answer.gaps}`,
      `events ${answer.events}`,
      weightLine({ ...size, heapKiB: answer.heapKiB }),
    ].join(', ');
  }

  report(commands: number): string {
    const kinds = [...this.#kinds]
      .sort()
      .map(
        ([kind, { rounds, longestMs, differences }]) =>
          `  ${kind.padEnd(32)} ${String(rounds).padStart(5)} rounds, longest recovery ${(longestMs / 1000).toFixed(2)} s, ${differences} differences`,
      );
    return [
      `rounds: ${this.#rounds}`,
      ...kinds,
      `commands of virsh in the churn: ${commands}`,
      `losses by reason: ${JSON.stringify(this.#last?.losses)}`,
      `gaps told: ${this.#last?.gaps ?? 0}`,
      `lifecycle events told: ${this.#last?.events ?? 0}`,
      `failed attempts, by error: ${JSON.stringify(this.#last?.openErrors)}`,
      `at the start: ${this.#start ? weightLine(this.#start) : 'not measured'}`,
      `at the end:   ${this.#end ? weightLine(this.#end) : 'not measured'}`,
      `differences found: ${this.#differences}`,
    ].join('\n');
  }
}

function weightLine({ rssKiB, heapKiB, fds, threads }: Weight): string {
  return `RSS ${(rssKiB / 1024).toFixed(1)} MiB, heap ${(heapKiB / 1024).toFixed(1)} MiB, ${fds} fds, ${threads} threads`;
}
