export type VirshEventCategory =
  'domain' | 'network' | 'storage-pool' | 'node-device' | 'secret' | 'qemu-monitor';

/** One event as virsh prints it. */
export interface VirshEvent {
  readonly category: VirshEventCategory;
  /** The type, as `virsh event --list` names it. For a QEMU monitor event, QEMU's name of the event. */
  readonly type: string;
  /** The name of the domain, network, pool or node device; the UUID of a secret. */
  readonly subject: string;
  /** When a QEMU monitor event happened, by QEMU's clock: `seconds.micros`. */
  readonly at?: string;
  /** The rest of the line: `Stopped Destroyed`, `disk hdc: opened`; empty when there is none. */
  readonly words: string;
  /** The lines below it, trimmed, such as the parameters of a tunable event. */
  readonly details: readonly string[];
}

const heading =
  /^event '?([^' ]+)'?(?: at (\d+\.\d{6}))? for (domain|network|storage pool|node device|secret) (?:'([^']*)'|([^:]*))(?::? (.*)|:?)$/;

const categories: Record<string, VirshEventCategory> = {
  domain: 'domain',
  network: 'network',
  'storage pool': 'storage-pool',
  'node device': 'node-device',
  secret: 'secret',
};

/** Lines that some versions of virsh print in another form, and their form here. */
const otherSpellings: readonly (readonly [RegExp, string])[] = [
  // Virsh 11.3 and 12.8 print io-error-reason under the name of io-error; 7.0 and 9.0 don't.
  [/^event 'io-error'( for .*\) \S+ due to )/, "event 'io-error-reason'$1"],
  // Virsh 7.0 prints the values of a domain's metadata-change alone.
  [/^(event 'metadata-change' for domain '[^']*': )(\w+) (\S+)$/, '$1type $2, uri $3'],
];

/** Rewrites a line of any virsh in the form of a new virsh that names every event correctly. */
export function canonicalLine(line: string): string {
  return otherSpellings.reduce((text, [pattern, spelling]) => text.replace(pattern, spelling), line);
}

/** Reads whole events from virsh's output. Drops lines that belong to no event. */
export function parseVirshEvents(text: string): VirshEvent[] {
  const events: (Omit<VirshEvent, 'details'> & { details: string[] })[] = [];
  for (const line of text.split('\n').map(canonicalLine)) {
    const match = heading.exec(line);
    if (match === null) {
      if (line.trim() !== '') events.at(-1)?.details.push(line.trim());
      continue;
    }
    const [, type = '', at, kind = '', quoted, bare = '', words = ''] = match;
    // Only QEMU's own events are printed without quotes.
    const category = line.startsWith("event '") ? categories[kind] : 'qemu-monitor';
    if (category === undefined) continue;
    const time = at === undefined ? {} : { at };
    events.push({ category, type, subject: quoted ?? bare, ...time, words, details: [] });
  }
  return events;
}
