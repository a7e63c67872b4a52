// Mocha's spec reporter, with one more line at the very end that both people and scripts can read. If
// RXVIRT_SPEC_REPORT names a file, the specs that passed, failed or were left pending are written there too, as JSON.
'use strict';

const { writeFileSync } = require('node:fs');
const { reporters } = require('mocha');

module.exports = class SummaryReporter extends reporters.Spec {
  #pending = [];

  constructor(runner, options) {
    super(runner, options);
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
  }

  #report() {
    const failed = this.failures.map((test) => ({
      title: test.fullTitle(),
      message: String(test.err?.message).split('\n')[0],
    }));
    return { passed: this.stats.passes, failed, pending: this.#pending };
  }
};
