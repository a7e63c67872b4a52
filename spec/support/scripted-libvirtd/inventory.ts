import { libvirtErrors, LibvirtFailure } from './messages/error.js';
import {
  uuidText,
  type InterfaceFields,
  type NetworkFields,
  type NodeDeviceFields,
  type NwFilterFields,
  type SecretFields,
  type StoragePoolFields,
  type Uuid,
} from './messages/objects.js';

type NameOrUuid = { readonly name: string } | { readonly uuid: Uuid };

/** What a client can ask about an object. */
export interface ObjectState {
  /** True unless given. */
  readonly isActive?: boolean;
  /** True unless given. */
  readonly isPersistent?: boolean;
  /** Whether the daemon starts it at its own start. False unless given. */
  readonly startsWithHost?: boolean;
}

/** What a client can ask about a secret. */
export interface SecretState {
  readonly isEphemeral?: boolean;
  readonly isPrivate?: boolean;
}

/** The objects other than domains that a client can look up. Specs may add objects to the lists. */
export class Inventory {
  readonly networks: (NetworkFields & ObjectState)[] = [
    { name: 'default', uuid: 'de4a0000-0000-4000-8000-000000000001' },
  ];
  readonly storagePools: (StoragePoolFields & ObjectState)[] = [
    { name: 'default', uuid: 'd15c0000-0000-4000-8000-000000000001' },
  ];
  readonly nodeDevices: (NodeDeviceFields & ObjectState)[] = [{ name: 'computer' }];
  readonly interfaces: (InterfaceFields & ObjectState)[] = [{ name: 'eth0', mac: '52:54:00:00:00:01' }];
  readonly nwFilters: NwFilterFields[] = [
    { name: 'clean-traffic', uuid: 'f1170000-0000-4000-8000-000000000001' },
  ];
  readonly secrets: (SecretFields & SecretState)[] = [
    { uuid: '5ec40000-0000-4000-8000-000000000001', usageType: 1, usageId: '/secret/volume' },
  ];

  network(wanted: NameOrUuid): NetworkFields & ObjectState {
    return found('network', wanted, this.networks.find(matches(wanted)));
  }

  storagePool(wanted: NameOrUuid): StoragePoolFields & ObjectState {
    return found('storage pool', wanted, this.storagePools.find(matches(wanted)));
  }

  nodeDevice(wanted: { readonly name: string }): NodeDeviceFields & ObjectState {
    return found('node device', wanted, this.nodeDevices.find(matches(wanted)));
  }

  interface(wanted: { readonly name: string }): InterfaceFields & ObjectState {
    return found('interface', wanted, this.interfaces.find(matches(wanted)));
  }

  nwFilter(wanted: NameOrUuid): NwFilterFields {
    return found('network filter', wanted, this.nwFilters.find(matches(wanted)));
  }

  secret(wanted: { readonly uuid: Uuid }): SecretFields {
    return found('secret', wanted, this.secrets.find(matches(wanted)));
  }

  secretForUsage(wanted: { readonly usageType: number; readonly usageId: string }): SecretFields {
    const { usageType, usageId } = wanted;
    return found(
      'secret',
      wanted,
      this.secrets.find((secret) => secret.usageType === usageType && secret.usageId === usageId),
    );
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
