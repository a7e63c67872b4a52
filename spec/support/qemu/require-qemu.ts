import { QemuHost } from './qemu-host.js';

/** Called in a `describe`: if QEMU can't run here, leaves its specs pending, and prints a clear warning. */
export function requireQemu(): void {
  before(function () {
    const reason = QemuHost.unavailableReason();
    if (reason === undefined) return;
    console.error(`\n*** NOT TESTED with QEMU: ${reason} ***\n`);
    this.skip();
  });
}
