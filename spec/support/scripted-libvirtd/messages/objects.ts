import { int, string, struct, type Codec, type LayoutInput } from '../codec.js';

/** A UUID as text, or as its sixteen bytes. */
export type Uuid = string | Uint8Array;

export function uuidBytes(value: Uuid): Buffer {
  const bytes =
    typeof value === 'string' ? Buffer.from(value.replaceAll('-', ''), 'hex') : Buffer.from(value);
  if (bytes.length !== 16) throw new RangeError(`a UUID has 16 bytes, ${bytes.length} given`);
  return bytes;
}

export function uuidText(value: Uuid): string {
  return uuidBytes(value)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export const uuid: Codec<Uuid, string> = {
  write: (to, value) => to.opaque(uuidBytes(value)),
  read: (from) => uuidText(from.opaque(16)),
};

const domainLayout = { name: string, uuid, id: int };
const networkLayout = { name: string, uuid };
const nodeDeviceLayout = { name: string };
const interfaceLayout = { name: string, mac: string };
const secretLayout = { uuid, usageType: int, usageId: string };

/** A domain as events carry it; `id` is -1 when it is not running. */
export const domain = struct(domainLayout);
export const network = struct(networkLayout);
export const storagePool = struct(networkLayout);
export const nodeDevice = struct(nodeDeviceLayout);
export const networkInterface = struct(interfaceLayout);
export const nwFilter = struct(networkLayout);
export const secret = struct(secretLayout);

export type DomainFields = LayoutInput<typeof domainLayout>;
export type NetworkFields = LayoutInput<typeof networkLayout>;
export type StoragePoolFields = NetworkFields;
export type NodeDeviceFields = LayoutInput<typeof nodeDeviceLayout>;
export type InterfaceFields = LayoutInput<typeof interfaceLayout>;
export type NwFilterFields = NetworkFields;
export type SecretFields = LayoutInput<typeof secretLayout>;

/** What distinguishes the objects of a kind: the UUID, or the name of a device. */
export function objectKey(fields: { readonly uuid: Uuid } | NodeDeviceFields): string {
  return 'uuid' in fields ? uuidText(fields.uuid) : Buffer.from(fields.name as string).toString();
}
