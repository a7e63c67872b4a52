import { expect } from 'chai';
import type { RegisteredCategory } from '../../lib/events/event-table.js';
import type { Field } from '../../lib/events/fields.js';
import { callbackArguments, eventsInHeaders, eventsOfAddon } from '../support/events/event-callbacks.js';
import { rowsOf } from '../support/events/event-rows.js';

/**
 * The subject of a callback, and the prefix of the constants that number its events. QEMU's monitor events have none.
 */
const families: Readonly<Record<RegisteredCategory, { readonly subject: string; readonly prefix?: string }>> =
  {
    domain: { subject: 'virDomainPtr', prefix: 'VIR_DOMAIN_EVENT_ID_' },
    network: { subject: 'virNetworkPtr', prefix: 'VIR_NETWORK_EVENT_ID_' },
    'storage-pool': { subject: 'virStoragePoolPtr', prefix: 'VIR_STORAGE_POOL_EVENT_ID_' },
    'node-device': { subject: 'virNodeDevicePtr', prefix: 'VIR_NODE_DEVICE_EVENT_ID_' },
    secret: { subject: 'virSecretPtr', prefix: 'VIR_SECRET_EVENT_ID_' },
    'qemu-monitor': { subject: 'virDomainPtr' },
  };

/** The types in C of the arguments from which each kind of field is read. */
const typesOf: Readonly<Record<Field['kind'], readonly (readonly string[])[]>> = {
  number: [['int'], ['unsigned int'], ['long long'], ['unsigned long long']],
  words: [['int']],
  details: [['int']],
  text: [['const char *']],
  'text not null': [['const char *']],
  parameters: [['virTypedParameterPtr', 'int']],
  address: [['const virDomainEventGraphicsAddress *']],
  identities: [['const virDomainEventGraphicsSubject *']],
  'number of': [[]],
  flag: [[]],
};

/** libvirt's name of the argument that a field is read from. */
const argumentOf = (name: string, field: Field): string =>
  ('argument' in field ? field.argument : undefined) ?? name;

// libvirt writes vcpuid, and the addon's declarations vcpu_id.
const compact = (name: string): string => name.replaceAll('_', '').toLowerCase();

describe('the event table, compared with libvirt’s callbacks', () => {
  for (const category of Object.keys(families) as RegisteredCategory[]) {
    const { subject, prefix } = families[category];

    for (const { type, callback, fields } of rowsOf(category)) {
      it(`should have the arguments of ${callback} in their order: ${category} ${type}`, () => {
        const [connection, object, ...rest] = callbackArguments(callback);
        expect(rest.pop()?.type).to.equal('void *');
        expect([connection?.type, object?.type]).to.deep.equal(['virConnectPtr', subject]);
        for (const [name, field] of Object.entries(fields)) {
          const [anArgument = []] = typesOf[field.kind];
          const read = rest.splice(0, anArgument.length);
          expect(typesOf[field.kind], name).to.deep.include(read.map((each) => each.type));
          const [first] = read;
          if (first !== undefined) expect(compact(argumentOf(name, field))).to.equal(compact(first.name));
        }
        expect(rest, 'arguments that the row lacks').to.deep.equal([]);
      });
    }

    if (prefix === undefined) continue;
    const rows = rowsOf(category).map(({ id, callback, since }) => ({ id, callback, since }));
    const ours = rows.map(({ id, callback }) => ({ id, callback }));

    it(`should have the rows of the addon, and no others, for ${category}`, () => {
      expect([...eventsOfAddon(prefix)].sort((a, b) => a.id - b.id)).to.deep.equal(ours);
    });

    it(`should have the numbers, callbacks and versions that libvirt’s headers name for ${category}`, () => {
      const theirs = eventsInHeaders(prefix);
      expect(theirs).not.to.have.lengthOf(0);
      // Headers before libvirt 8.4 don't name versions.
      const named = theirs.map(({ since, ...each }) => ({ ...each, since: since ?? rows[each.id]?.since }));
      expect(rows.slice(0, theirs.length)).to.deep.equal(named);
    });
  }
});
