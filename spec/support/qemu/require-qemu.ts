import { QemuHost } from './qemu-host.js';

/** Called in a `describe`: leaves its specs pending, with a line that nobody overlooks, where QEMU cannot run. */
export function requireQemu(): void {
  before(function () {
    const reason = QemuHost.unavailableReason();
    if (reason === undefined) return;
    console.error(`\n*** NOT TESTED with QEMU: ${reason} ***\n`);
    this.skip();
  });
}
