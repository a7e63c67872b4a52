import { string } from '../codec.js';
import { network, nodeDevice, secret, storagePool, uuid } from '../messages/objects.js';
import type { RemoteProcedure } from '../protocol.js';
import { procedure, type Procedure } from './procedure.js';

export const objectProcedures = {
  'network-lookup-by-name': procedure({ name: string }, { network }, (wanted, { inventory }) => ({
    network: inventory.network(wanted),
  })),
  'network-lookup-by-uuid': procedure({ uuid }, { network }, (wanted, { inventory }) => ({
    network: inventory.network(wanted),
  })),
  'storage-pool-lookup-by-name': procedure(
    { name: string },
    { pool: storagePool },
    (wanted, { inventory }) => ({
      pool: inventory.storagePool(wanted),
    }),
  ),
  'storage-pool-lookup-by-uuid': procedure({ uuid }, { pool: storagePool }, (wanted, { inventory }) => ({
    pool: inventory.storagePool(wanted),
  })),
  'node-device-lookup-by-name': procedure(
    { name: string },
    { device: nodeDevice },
    (wanted, { inventory }) => ({
      device: inventory.nodeDevice(wanted),
    }),
  ),
  'secret-lookup-by-uuid': procedure({ uuid }, { secret }, (wanted, { inventory }) => ({
    secret: inventory.secret(wanted),
  })),
} as const satisfies Partial<Record<RemoteProcedure, Procedure>>;
