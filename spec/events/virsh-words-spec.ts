import { expect } from 'chai';
import { Connection, type DomainEventMap } from '../../lib/index.js';
import { hasEvent, lastDomainEvent } from '../support/installed/installed-libvirt.js';
import { libvirtEnum } from '../support/installed/libvirt-header.js';
import { Listener } from '../support/connection/listener.js';
import { ScriptedLibvirtd, type EventFields } from '../support/scripted-libvirtd/index.js';
import { canonicalLine } from '../support/virsh/virsh-event-lines.js';
import { Virsh } from '../support/scripted-libvirtd/virsh.js';

const domain = { name: 'delta', uuid: 'de17a000-0000-4000-8000-000000000004', id: 7 };
const text = { devAlias: 'a', srcPath: 's' };
const address = { family: 0, node: 'n', service: 's' };

type Type = keyof DomainEventMap;

interface Comparison<T extends Type> {
  readonly type: T;
  /** How many values to compare: those that every virsh knows, and for some types one more that virsh calls unknown. */
  readonly numbers: number;
  readonly send: (number: number) => Omit<EventFields<'domain', T>, 'domain'>;
  readonly word: (event: DomainEventMap[T]) => string;
  /** Finds virsh's word in what it prints. */
  readonly pattern: RegExp;
}

const comparison = <T extends Type>(compared: Comparison<T>): Comparison<T> => compared;

/** In the order of their numbers. The header names the enumeration of an event's details after the event. */
const lifecycleEvents = [
  'Defined',
  'Undefined',
  'Started',
  'Suspended',
  'Resumed',
  'Stopped',
  'Shutdown',
  'PMSuspended',
  'Crashed',
] as const;
const detailsOf = (event: string): number =>
  libvirtEnum('libvirt-domain.h', `virDomainEvent${event}DetailType`).size;

const comparisons = [
  ...lifecycleEvents.map((name, event) =>
    comparison({
      type: 'lifecycle',
      numbers: detailsOf(name),
      send: (detail) => ({ event, detail }),
      word: (heard) => `${heard.event} ${heard.detail}`,
      pattern: /domain 'delta': (.*)\n/,
    }),
  ),
  comparison({
    type: 'watchdog',
    numbers: 8,
    send: (action) => ({ action }),
    word: ({ action }) => action,
    pattern: /domain 'delta': (.*)\n/,
  }),
  comparison({
    type: 'io-error',
    numbers: 4,
    send: (action) => ({ ...text, action }),
    word: ({ action }) => action,
    pattern: /\(a\) (.*)\n/,
  }),
  comparison({
    type: 'io-error-reason',
    numbers: 4,
    send: (action) => ({ ...text, action, reason: 'r' }),
    word: ({ action }) => action,
    pattern: /\(a\) (.*) due to r\n/,
  }),
  comparison({
    type: 'graphics',
    numbers: 4,
    send: (phase) => ({ phase, local: address, remote: address, authScheme: 'x', subject: [] }),
    word: ({ phase }) => phase,
    pattern: /domain 'delta': (.*) local/,
  }),
  comparison({
    type: 'graphics',
    numbers: 4,
    send: (family) => ({
      phase: 0,
      local: { ...address, family },
      remote: address,
      authScheme: 'x',
      subject: [],
    }),
    word: ({ local }) => local?.family ?? '',
    pattern: /local\[(\S*) /,
  }),
  // virsh prints "Unknown job" for newer jobs too.
  comparison({
    type: 'block-job-2',
    numbers: 6,
    send: (type) => ({ dst: 'vda', type, status: 0 }),
    word: ({ jobType }) => jobType,
    pattern: /domain 'delta': (.*) for vda/,
  }),
  comparison({
    type: 'block-job-2',
    numbers: 5,
    send: (status) => ({ dst: 'vda', type: 0, status }),
    word: ({ status }) => status,
    pattern: /for vda (.*)\n/,
  }),
  comparison({
    type: 'disk-change',
    numbers: 3,
    send: (reason) => ({ oldSrcPath: 'o', newSrcPath: 'n', devAlias: 'a', reason }),
    word: ({ reason }) => reason,
    pattern: /o -> n: (.*)\n/,
  }),
  comparison({
    type: 'tray-change',
    numbers: 3,
    send: (reason) => ({ devAlias: 'a', reason }),
    word: ({ reason }) => reason,
    pattern: /disk a: (.*)\n/,
  }),
  comparison({
    type: 'agent-lifecycle',
    numbers: 3,
    send: (state) => ({ state, reason: 0 }),
    word: ({ state }) => state,
    pattern: /state: '(.*)' reason/,
  }),
  comparison({
    type: 'agent-lifecycle',
    numbers: 3,
    send: (reason) => ({ state: 0, reason }),
    word: ({ reason }) => reason ?? 'unknown',
    pattern: /reason: '(.*)'\n/,
  }),
  comparison({
    type: 'channel-lifecycle',
    numbers: 3,
    send: (state) => ({ channelName: 'c', state, reason: 0 }),
    word: ({ state }) => state,
    pattern: /state: '(.*)' reason/,
  }),
  comparison({
    type: 'channel-lifecycle',
    numbers: 3,
    send: (reason) => ({ channelName: 'c', state: 0, reason }),
    word: ({ reason }) => reason ?? 'unknown',
    pattern: /reason: '(.*)'\n/,
  }),
  comparison({
    type: 'metadata-change',
    numbers: 3,
    send: (type) => ({ type, nsuri: null }),
    word: ({ metadataType }) => metadataType,
    pattern: /type (.*), uri/,
  }),
  comparison({
    type: 'memory-failure',
    numbers: 2,
    send: (recipient) => ({ recipient, action: 0, flags: 0 }),
    word: ({ recipient }) => recipient,
    pattern: /recipient: (.*)\n/,
  }),
  comparison({
    type: 'memory-failure',
    numbers: 4,
    send: (action) => ({ recipient: 0, action, flags: 0 }),
    word: ({ action }) => action,
    pattern: /action: (.*)\n/,
  }),
] as unknown as readonly Comparison<Type>[];

/** Virsh's words as the library writes them: lower case, no slashes, and a hyphen for a space. */
const written = (words: string): string => words.toLowerCase().replaceAll('/', '').replaceAll(' ', '-');

describe('the words of domain events, compared with virsh', () => {
  let daemon: ScriptedLibvirtd;
  let connection: Connection;
  let virsh: Virsh;

  before(async () => {
    daemon = await ScriptedLibvirtd.start();
    virsh = new Virsh(daemon.uri, 'event', '--all', '--loop');
    await daemon.waitForRegistrations('domain', lastDomainEvent);
    await virsh.hears((attempt) => {
      const name = `probe-${attempt}`;
      daemon.emit('domain', 'reboot', { domain: { ...domain, name } });
      return `domain '${name}'`;
    });
    connection = await Connection.open(daemon.uri);
  });

  after(async () => {
    await connection.close();
    await virsh.stop();
    await daemon.close();
  });

  for (const { type, numbers, send, word, pattern } of comparisons.filter(({ type }) =>
    hasEvent('domain', type),
  )) {
    it(`should be virsh’s for ${type}, ${pattern.source}`, async () => {
      const listener = await Listener.on((options) => connection.domainEvents(type, options));
      for (let number = 0; number < numbers; number++) {
        virsh.output = '';
        daemon.emit('domain', type, { domain, ...send(number) });
        const event = await listener.heardOne();
        await virsh.prints(type === 'memory-failure' ? 'recursive' : '\n');
        const line = virsh.output.split('\n').map(canonicalLine).join('\n');
        const [, printed = ''] = pattern.exec(line) ?? [];
        const [first, ...rest] = printed.split(' ');
        const expected =
          type === 'lifecycle' ? `${written(first ?? '')} ${written(rest.join(' '))}` : written(printed);
        expect(word(event), `${type} ${number}: ${virsh.output}`).to.equal(expected);
      }
      listener.stop();
    });
  }
});
