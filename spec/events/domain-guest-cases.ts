import type { domainGuestEvents } from '../../lib/events/domain-guest-event-table.js';
import type { Case, Cases } from './domain-cases.js';
import { least, most, unknown } from './extreme-values.js';
import { parameterCases } from './parameter-cases.js';

const reasons: Cases<'pm-wakeup'> = [0, ...unknown].map((reason) => [{ reason }, { reason }]);

/** Cases for the events about what a guest and its host do. */
export const domainGuestCases: {
  readonly [T in 'lifecycle' | keyof typeof domainGuestEvents]: Cases<T>;
} = {
  lifecycle: [
    [
      { event: 5, detail: 2 },
      { event: 'stopped', detail: 'crashed', eventNumber: 5, detailNumber: 2 },
    ],
    [
      { event: 3, detail: 2 },
      { event: 'suspended', detail: 'io-error', eventNumber: 3, detailNumber: 2 },
    ],
    [
      { event: 2, detail: most },
      { event: 'started', detail: 'unknown', eventNumber: 2, detailNumber: most },
    ],
    ...unknown.map((number): Case<'lifecycle'> => [
      { event: number, detail: 0 },
      { event: 'unknown', detail: 'unknown', eventNumber: number, detailNumber: 0 },
    ]),
  ],
  reboot: [[{}, {}]],
  'rtc-change': [
    [{ offset: 3600n }, { utcoffset: 3600 }],
    [{ offset: -(2n ** 63n) }, { utcoffset: -(2 ** 63) }],
    [{ offset: 2n ** 53n + 1n }, { utcoffset: 2 ** 53 }],
  ],
  watchdog: [
    [{ action: 6 }, { action: 'inject-nmi', actionNumber: 6 }],
    ...unknown.map((action): Case<'watchdog'> => [{ action }, { action: 'unknown', actionNumber: action }]),
  ],
  'control-error': [[{}, {}]],
  'pm-wakeup': reasons,
  'pm-suspend': reasons,
  'balloon-change': [
    [{ actual: 1_048_576n }, { actual: 1_048_576 }],
    [{ actual: 2n ** 53n }, { actual: 2 ** 53 }],
    [{ actual: 2n ** 64n - 1n }, { actual: 2 ** 64 }],
  ],
  'pm-suspend-disk': reasons,
  tunable: parameterCases,
  'agent-lifecycle': [
    [
      { state: 1, reason: 2 },
      { state: 'connected', stateNumber: 1, reason: 'channel-event', reasonNumber: 2 },
    ],
    [
      { state: 0, reason: 0 },
      { state: 'unknown', stateNumber: 0, reason: null, reasonNumber: 0 },
    ],
    [
      { state: 3, reason: -1 },
      { state: 'unknown', stateNumber: 3, reason: 'unknown', reasonNumber: -1 },
    ],
  ],
  'migration-iteration': [
    [{ iteration: 1 }, { iteration: 1 }],
    [{ iteration: least }, { iteration: least }],
  ],
  'job-completed': parameterCases,
  'metadata-change': [
    [
      { type: 2, nsuri: 'http://example.org/' },
      { metadataType: 'element', metadataTypeNumber: 2, nsuri: 'http://example.org/' },
    ],
    [
      { type: 1, nsuri: null },
      { metadataType: 'title', metadataTypeNumber: 1, nsuri: null },
    ],
    [
      { type: 3, nsuri: '' },
      { metadataType: 'unknown', metadataTypeNumber: 3, nsuri: '' },
    ],
  ],
  'vcpu-removed': [
    [{ vcpuId: 0 }, { vcpuid: 0 }],
    [{ vcpuId: 2 ** 32 - 1 }, { vcpuid: 2 ** 32 - 1 }],
  ],
  'channel-lifecycle': [
    [
      { channelName: 'org.qemu.guest_agent.0', state: 1, reason: 2 },
      {
        channelName: 'org.qemu.guest_agent.0',
        state: 'connected',
        stateNumber: 1,
        reason: 'channel-event',
        reasonNumber: 2,
      },
    ],
    [
      { channelName: '', state: 3, reason: -1 },
      { channelName: '', state: 'unknown', stateNumber: 3, reason: 'unknown', reasonNumber: -1 },
    ],
  ],
  'memory-failure': [
    [
      { recipient: 1, action: 3, flags: 2 },
      {
        recipient: 'guest',
        recipientNumber: 1,
        action: 'reset',
        actionNumber: 3,
        flags: 2,
        actionRequired: false,
        recursive: true,
      },
    ],
    [
      { recipient: 2, action: -1, flags: 2 ** 32 - 1 },
      {
        recipient: 'unknown',
        recipientNumber: 2,
        action: 'unknown',
        actionNumber: -1,
        flags: 2 ** 32 - 1,
        actionRequired: true,
        recursive: true,
      },
    ],
  ],
};
