import type { Connection, NwFilter, NwFilterBinding, Secret } from '../../../lib/index.js';
import type { Comparison } from './comparison.js';
import { key } from './names.js';

/** A secret for the volume /a, Python's `secret`. */
export interface ComparedSecret {
  readonly connection: Connection;
  readonly secret: Secret;
}

const secretKey = ({ uuid, usageType, usageTypeNumber, usageId }: Secret) => ({
  uuid,
  usageType,
  usageTypeNumber,
  usageId,
});
const pythonKey = (secret: string): string =>
  `(lambda each: {'uuid': each.UUIDString(), 'usageTypeNumber': each.usageType(), 'usageId': each.usageID(),
    'usageType': word(each.usageType(), 'none volume ceph iscsi tls vtpm')})(${secret})`;

export const secretComparisons: readonly Comparison<ComparedSecret>[] = [
  {
    call: 'virSecretLookupByUUIDString',
    python: pythonKey('conn.secretLookupByUUIDString(secret.UUIDString())'),
    rxvirt: async ({ connection, secret }) => secretKey(await connection.lookupSecretByUuid(secret.uuid)),
  },
  {
    call: 'virSecretLookupByUsage',
    python: pythonKey("conn.secretLookupByUsage(libvirt.VIR_SECRET_USAGE_TYPE_VOLUME, '/a')"),
    rxvirt: async ({ connection }) => secretKey(await connection.lookupSecretByUsage('volume', '/a')),
  },
  { call: 'virSecretGetXMLDesc', python: 'secret.XMLDesc()', rxvirt: ({ secret }) => secret.xml() },
  { call: 'virSecretGetValue', python: 'secret.value()', rxvirt: ({ secret }) => secret.value() },
];

/** A network filter and its binding to a device: Python's `nwfilter` and `binding`. */
export interface ComparedFilter {
  readonly connection: Connection;
  readonly filter: NwFilter;
  readonly binding: NwFilterBinding;
}

const bindingKey = ({ portDev, filterName }: NwFilterBinding) => ({ portDev, filterName });

export const filterComparisons: readonly Comparison<ComparedFilter>[] = [
  {
    call: 'virNWFilterLookupByName',
    python: 'key(conn.nwfilterLookupByName(nwfilter.name()))',
    rxvirt: async ({ connection, filter }) => key(await connection.lookupNwFilterByName(filter.name)),
  },
  {
    call: 'virNWFilterLookupByUUIDString',
    python: 'key(conn.nwfilterLookupByUUIDString(nwfilter.UUIDString()))',
    rxvirt: async ({ connection, filter }) => key(await connection.lookupNwFilterByUuid(filter.uuid)),
  },
  { call: 'virNWFilterGetXMLDesc', python: 'nwfilter.XMLDesc()', rxvirt: ({ filter }) => filter.xml() },
  {
    call: 'virNWFilterBindingLookupByPortDev',
    python: `(lambda each: {'portDev': each.portDev(), 'filterName': each.filterName()})(
      conn.nwfilterBindingLookupByPortDev(binding.portDev()))`,
    rxvirt: async ({ connection, binding }) =>
      bindingKey(await connection.lookupNwFilterBindingByPortDev(binding.portDev)),
  },
  {
    call: 'virNWFilterBindingGetXMLDesc',
    python: 'binding.XMLDesc()',
    rxvirt: ({ binding }) => binding.xml(),
  },
];
