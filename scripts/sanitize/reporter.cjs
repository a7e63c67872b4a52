// Mocha's reporter under a sanitizer. It marks each spec during which the sanitizer reported something. Then the run
// fails.
'use strict';

const { Runner, reporters } = require('mocha');
const SummaryReporter = require('../../spec/support/summary-reporter.cjs');
const { watchReports } = require('./reports.cjs');

module.exports = class SanitizeReporter extends SummaryReporter {
  #reports = 0;

  constructor(runner, options) {
    super(runner, options);
    const newReports = watchReports(process.env.RXVIRT_REPORTS);
    const look = (title) => {
      for (const { name } of newReports()) {
        this.#reports += 1;
        reporters.Base.consoleLog(`    *** ${name} of a sanitizer, during: ${title}`);
      }
    };
    runner.on(Runner.constants.EVENT_TEST_END, (test) => look(test.fullTitle()));
    runner.on(Runner.constants.EVENT_SUITE_END, (suite) => look(`the hooks of ${suite.fullTitle()}`));
  }

  done(failures, end) {
    end(failures + this.#reports);
  }
};
