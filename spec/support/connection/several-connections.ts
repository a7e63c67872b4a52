import { Connection } from '../../../lib/index.js';
import { Listener } from './listener.js';
import { RemoteScriptedLibvirtd } from '../scripted-libvirtd/index.js';

const arrivalMs = 200;

/**
 * Several connections to one scripted libvirtd, which is a process of its own. Each gets all domains' lifecycle events.
 */
export class SeveralConnections implements AsyncDisposable {
  /** @param hear Called for each event, with the index of the connection that received it. */
  static async open(count: number, hear: (connection: number) => void): Promise<SeveralConnections> {
    const daemon = await RemoteScriptedLibvirtd.start();
    const all = await Promise.all(Array.from({ length: count }, () => Connection.open(daemon.uri)));
    const listeners = await Promise.all(
      all.map((connection) => Listener.on((options) => connection.domainEvents('lifecycle', options))),
    );
    let isFirst = true;
    listeners.forEach((listener, index) => {
      listener.onEvent = () => {
        if (isFirst) takeIn(all);
        isFirst = false;
        hear(index);
      };
    });
    return new SeveralConnections(daemon, all, listeners);
  }

  private constructor(
    readonly daemon: RemoteScriptedLibvirtd,
    readonly all: readonly Connection[],
    readonly listeners: readonly Listener<unknown>[],
  ) {}

  /** Sends `count` events to each connection, and resolves once all are delivered. */
  async flood(count: number): Promise<void> {
    await this.daemon.call('flood', 'all', { count });
    // Each connection gets one more event: the marker.
    for (const listener of this.listeners) await listener.heard(count + 1);
  }

  /** Whether events of other connections wait. */
  doOthersWait(index: number): boolean {
    return this.all.some((connection, other) => other !== index && connection.stats().queuedEvents > 0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.all.map((connection) => connection.close()));
    await this.daemon.close();
  }
}

// A call reads its connection's socket itself. So all events that arrive during the call are queued together, even if
// reading is slow.
function takeIn(all: readonly Connection[]): void {
  for (const connection of all) void connection.lookupDomainByName('alpha');
  beBusy(arrivalMs);
}

/** Keeps this thread busy for so many milliseconds. */
export function beBusy(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}
