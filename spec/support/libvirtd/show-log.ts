/** Anything that keeps a log of what it has run. */
export interface Logged {
  readonly log: string;
}

/** Called in a `describe`: prints the rig's log after each of its specs that has failed. */
export function showLogOnFailure(rig: () => Logged | undefined): void {
  afterEach(function () {
    const test = this.currentTest;
    const log = rig()?.log ?? '';
    if (test?.state === 'failed' && log !== '')
      console.error(`Log of the rig of "${test.fullTitle()}":\n${log}`);
  });
}
