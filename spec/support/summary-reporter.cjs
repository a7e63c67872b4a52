// Mocha's spec reporter, with one more line at the very end that both people and scripts can read. If
// RXVIRT_SPEC_REPORT names a file, the specs that passed, failed or were left pending are written there too, as JSON.
// A run that does not end by itself fails, and says what kept it: a failed spec may leave an open connection.
'use strict';

const { writeFileSync } = require('node:fs');
const { reporters } = require('mocha');

module.exports = class SummaryReporter extends reporters.Spec {
  #pending = [];
  #endLimitMs;

  constructor(runner, options) {
    super(runner, options);
    this.#endLimitMs = Number(options?.reporterOption?.endLimitMs ?? 30_000);
    runner.on('pending', (test) => this.#pending.push(test.fullTitle()));
  }

  epilogue() {
    super.epilogue();
    const { passes, failures, pending } = this.stats;
    const skipped = pending > 0 ? `, ${pending} skipped` : '';
    if (this.runner.total === 0) reporters.Base.consoleLog('no spec was run: none has such a title');
    reporters.Base.consoleLog(`${passes} passed, ${failures} failed${skipped}`);
    const file = process.env.RXVIRT_SPEC_REPORT;
    if (file !== undefined) writeFileSync(file, JSON.stringify(this.#report()));
    // It runs only if something else keeps the process alive.
    setTimeout(() => this.#endByForce(), this.#endLimitMs).unref();
  }

  #endByForce() {
    const resources = process.getActiveResourcesInfo().join(', ');
    console.error(`the process did not end by itself in ${this.#endLimitMs} ms. What keeps it: ${resources}`);
    // mocha's own listener, which came first, sets the code of a run in which no spec failed.
    process.once('exit', () => {
      process.exitCode = 1;
    });
    process.exit();
  }

  #report() {
    const failed = this.failures.map((test) => ({
      title: test.fullTitle(),
      message: String(test.err?.message).split('\n')[0],
    }));
    return { passed: this.stats.passes, failed, pending: this.#pending };
  }
};
