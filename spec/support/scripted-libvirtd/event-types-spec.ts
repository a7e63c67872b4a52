import { expect } from 'chai';
import { events, type AnyEvent, type EventFields, type ScriptedLibvirtd } from './index.js';
import { eventShape, type EventFamily } from './messages/events.js';

// Never run: each line is a mistake that the compiler has to find.
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

describe('the table of events', () => {
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
