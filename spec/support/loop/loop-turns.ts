/** Measures how long the turns of this thread's loop take. */
export class LoopTurns {
  longestMs = 0;
  #isOver = false;
  #lastMs = performance.now();

  constructor() {
    this.#measure();
  }

  stop(): void {
    this.#isOver = true;
  }

  #measure(): void {
    const nowMs = performance.now();
    this.longestMs = Math.max(this.longestMs, nowMs - this.#lastMs);
    this.#lastMs = nowMs;
    if (!this.#isOver) setImmediate(() => this.#measure());
  }
}
