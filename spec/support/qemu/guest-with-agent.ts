import { Connection, type Domain } from '../../../lib/index.js';
import { diskXml } from './domain-xml.js';
import { FakeAgent } from './fake-agent.js';
import { firstEvent } from './first-event.js';
import { Guest } from './guest.js';
import { QemuHost } from './qemu-host.js';

/** A host with a guest that runs, has the disk vda at the PCI slot 9, and an agent. */
export class GuestWithAgent implements AsyncDisposable {
  private constructor(
    readonly host: QemuHost,
    readonly connection: Connection,
    readonly agent: FakeAgent,
    readonly domain: Domain,
  ) {}

  static async start(): Promise<GuestWithAgent> {
    const host = await QemuHost.start();
    const guest = new Guest(host, 'agent');
    const agent = await FakeAgent.on(guest);
    const disk = diskXml({ file: await guest.image('disk.qcow2'), target: 'vda', bus: 'virtio' });
    const atSlot = disk.replace('</disk>', '<address type="pci" slot="0x09"/></disk>');
    await guest.createPaused({ program: 'openAgentChannel', acpi: true, devices: [agent.xml, atSlot] });
    const connection = await Connection.open(host.uri);
    const domain = await connection.lookupDomainByName('agent');
    const isConnected = ({ state }: { readonly state: string }) => state === 'connected';
    await firstEvent(connection, domain, 'agent-lifecycle', isConnected, () => domain.resume());
    return new GuestWithAgent(host, connection, agent, domain);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.connection.close();
    await this.host.stop();
    await this.agent[Symbol.asyncDispose]();
  }
}
