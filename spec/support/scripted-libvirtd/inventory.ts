import { libvirtErrors, LibvirtFailure } from './messages/error.js';
import {
  uuidText,
  type NetworkFields,
  type NodeDeviceFields,
  type SecretFields,
  type StoragePoolFields,
  type Uuid,
} from './messages/objects.js';

type NameOrUuid = { readonly name: string } | { readonly uuid: Uuid };

/** The objects other than domains that a client can look up. Specs may add objects to the lists. */
export class Inventory {
  readonly networks: NetworkFields[] = [{ name: 'default', uuid: 'de4a0000-0000-4000-8000-000000000001' }];
  readonly storagePools: StoragePoolFields[] = [
    { name: 'default', uuid: 'd15c0000-0000-4000-8000-000000000001' },
  ];
  readonly nodeDevices: NodeDeviceFields[] = [{ name: 'computer' }];
  readonly secrets: SecretFields[] = [
    { uuid: '5ec40000-0000-4000-8000-000000000001', usageType: 1, usageId: '/secret/volume' },
  ];

  network(wanted: NameOrUuid): NetworkFields {
    return found('network', wanted, this.networks.find(matches(wanted)));
  }

  storagePool(wanted: NameOrUuid): StoragePoolFields {
    return found('storage pool', wanted, this.storagePools.find(matches(wanted)));
  }

  nodeDevice(wanted: { readonly name: string }): NodeDeviceFields {
    return found('node device', wanted, this.nodeDevices.find(matches(wanted)));
  }

  secret(wanted: { readonly uuid: Uuid }): SecretFields {
    return found('secret', wanted, this.secrets.find(matches(wanted)));
  }
}

function matches(wanted: NameOrUuid): (object: Partial<NetworkFields>) => boolean {
  if ('name' in wanted) return ({ name }) => name === wanted.name;
  return ({ uuid }) => uuid !== undefined && uuidText(uuid) === uuidText(wanted.uuid);
}

function found<T>(
  kind: Parameters<typeof libvirtErrors.notFound>[0],
  wanted: object,
  object: T | undefined,
): T {
  if (object === undefined) throw new LibvirtFailure(libvirtErrors.notFound(kind, JSON.stringify(wanted)));
  return object;
}
