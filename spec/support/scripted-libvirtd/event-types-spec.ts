import { expect } from 'chai';
import { encodeEvent, events, type AnyEvent, type EventFields, type ScriptedLibvirtd } from './index.js';
import { eventShape, type EventFamily } from './messages/events.js';

// This function is never called. Each line has a mistake that the compiler must find.
export function mistakes(daemon: ScriptedLibvirtd, reboot: EventFields<'domain', 'reboot'>): AnyEvent {
  // @ts-expect-error: no such family
  daemon.emit('domains', 'reboot', reboot);
  // @ts-expect-error: no such event
  daemon.emit('domain', 'rebooted', reboot);
  // @ts-expect-error: a field is missing
  daemon.emit('domain', 'rtc-change', reboot);
  // @ts-expect-error: a field too much
  daemon.emit('domain', 'reboot', { ...reboot, offset: 1 });
  // @ts-expect-error: a string may not be NULL here
  daemon.emit('domain', 'device-added', { ...reboot, devAlias: null });
  // @ts-expect-error: the fields of another event
  return { family: 'domain', type: 'balloon-change', fields: reboot };
}

// The parts of a packet after its length, program and version: the procedure and the payload.
function procedureAndPayload(packet: Buffer): [number, string] {
  return [packet.readUInt32BE(12), packet.subarray(28).toString('hex')];
}

describe('the table of events', () => {
  it('should be right for the events that are newer than the virsh at hand', () => {
    const uuid = Buffer.alloc(16, 0xaa);
    const domain = { name: 'dom', uuid, id: -1 };
    const before = '00000009' + '00000003646f6d00' + 'aa'.repeat(16);
    const mac = { domain, alias: 'net0', oldMac: 'a', newMac: 'bc' };
    expect(procedureAndPayload(encodeEvent('domain', 'nic-mac-change', mac, 9))).to.deep.equal([
      453,
      before + 'ffffffff' + '000000046e657430' + '0000000161000000' + '0000000262630000',
    ]);
    const vcpu = { domain, vcpuId: 2 ** 32 - 1 };
    expect(procedureAndPayload(encodeEvent('domain', 'vcpu-removed', vcpu, 9))).to.deep.equal([
      454,
      before + 'ffffffff' + 'ffffffff',
    ]);
    const channel = { domain, channelName: 'c', state: 1, reason: 2 };
    expect(procedureAndPayload(encodeEvent('domain', 'channel-lifecycle', channel, 9))).to.deep.equal([
      455,
      before + 'ffffffff' + '0000000163000000' + '00000001' + '00000002',
    ]);
    const network = { network: { name: 'dom', uuid }, type: 2, nsuri: null };
    expect(procedureAndPayload(encodeEvent('network', 'metadata-change', network, 9))).to.deep.equal([
      446,
      before + '00000002' + '00000000',
    ]);
  });

  it('should number the events of each family from 0, without gaps', () => {
    for (const family of Object.keys(events) as EventFamily[]) {
      const ids = Object.keys(events[family]).map((type) => eventShape(family, type as never).eventId);
      expect(ids).to.deep.equal(ids.map((_, index) => index));
    }
  });

  it('should carry each event in a message of its own', () => {
    const procedures = (Object.keys(events) as EventFamily[])
      .filter((family) => family !== 'qemu-monitor')
      .flatMap((family) =>
        Object.keys(events[family]).map((type) => eventShape(family, type as never).procedure),
      );
    expect(new Set(procedures).size).to.equal(procedures.length);
  });
});
