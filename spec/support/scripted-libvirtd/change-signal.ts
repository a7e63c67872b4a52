/** Lets specs wait for a state instead of sleeping. After every change that is reported to it, it checks the state. */
export class ChangeSignal {
  readonly #checks = new Set<() => void>();

  notify(): void {
    for (const check of [...this.#checks]) check();
  }

  /**
   * Resolves with what `look` returns as soon as that isn't undefined, which may be at once.
   * @throws Error that names `what`, after `timeoutMs`.
   */
  until<T>(what: string | (() => string), look: () => T | undefined, timeoutMs = 15_000): Promise<T> {
    return new Promise((resolve, reject) => {
      const check = () => {
        const found = look();
        if (found === undefined) return;
        stop();
        resolve(found);
      };
      const timer = setTimeout(() => {
        stop();
        const awaited = typeof what === 'string' ? what : what();
        reject(new Error(`waited ${timeoutMs} ms in vain for ${awaited}`));
      }, timeoutMs);
      const stop = () => {
        clearTimeout(timer);
        this.#checks.delete(check);
      };
      this.#checks.add(check);
      check();
    });
  }
}
