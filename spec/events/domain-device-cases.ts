import type { domainDeviceEvents } from '../../lib/events/domain-device-event-table.js';
import type { Cases, SentType } from './domain-cases.js';
import { least, long, most, notUtf8, replaced } from './extreme-values.js';

const devices: Cases<'device-added'> = [
  [{ devAlias: 'net0' }, { devAlias: 'net0' }],
  [{ devAlias: '' }, { devAlias: '' }],
  [{ devAlias: long }, { devAlias: long }],
  [{ devAlias: notUtf8 }, { devAlias: replaced }],
];

const address = { family: 0, node: '127.0.0.1', service: '5900' };
const graphicsCases: Cases<'graphics'> = [
  [
    {
      phase: 1,
      local: address,
      remote: { family: 1, node: '::1', service: '4711' },
      authScheme: 'vnc',
      subject: [
        { type: 'x509dname', name: 'CN=me' },
        { type: '', name: long },
      ],
    },
    {
      phase: 'initialize',
      phaseNumber: 1,
      local: { family: 'ipv4', familyNumber: 0, node: '127.0.0.1', service: '5900' },
      remote: { family: 'ipv6', familyNumber: 1, node: '::1', service: '4711' },
      authScheme: 'vnc',
      subject: [
        { type: 'x509dname', name: 'CN=me' },
        { type: '', name: long },
      ],
    },
  ],
  [
    {
      phase: 99,
      local: { family: 2, node: '/run/vnc', service: '' },
      remote: { family: least, node: notUtf8, service: long },
      authScheme: '',
      subject: [],
    },
    {
      phase: 'unknown',
      phaseNumber: 99,
      local: { family: 'unix', familyNumber: 2, node: '/run/vnc', service: '' },
      remote: { family: 'unknown', familyNumber: least, node: replaced, service: long },
      authScheme: '',
      subject: [],
    },
  ],
];

const blockJobWords = { jobType: 'unknown', status: 'unknown' } as const;
const job = { jobType: 'active-block-commit', jobTypeNumber: 4, status: 'ready', statusNumber: 3 } as const;

/** Cases for the events about a guest's devices. */
export const domainDeviceCases: {
  readonly [T in Extract<SentType, keyof typeof domainDeviceEvents>]: Cases<T>;
} = {
  'io-error': [
    [
      { srcPath: '/disk', devAlias: 'virtio0', action: 1 },
      { srcPath: '/disk', devAlias: 'virtio0', action: 'pause', actionNumber: 1 },
    ],
    [
      { srcPath: '', devAlias: long, action: 99 },
      { srcPath: '', devAlias: long, action: 'unknown', actionNumber: 99 },
    ],
  ],
  graphics: graphicsCases,
  'io-error-reason': [
    [
      { srcPath: '/disk', devAlias: 'virtio0', action: 2, reason: 'enospc' },
      { srcPath: '/disk', devAlias: 'virtio0', action: 'report', actionNumber: 2, reason: 'enospc' },
    ],
    [
      { srcPath: notUtf8, devAlias: '', action: least, reason: long },
      { srcPath: replaced, devAlias: '', action: 'unknown', actionNumber: least, reason: long },
    ],
  ],
  'block-job': [
    [
      { path: '/disk', type: 4, status: 3 },
      { disk: '/disk', ...job },
    ],
    [
      { path: '', type: 99, status: -1 },
      { disk: '', ...blockJobWords, jobTypeNumber: 99, statusNumber: -1 },
    ],
  ],
  'disk-change': [
    [
      { oldSrcPath: '/old', newSrcPath: null, devAlias: 'ide0', reason: 0 },
      { oldSrcPath: '/old', newSrcPath: null, devAlias: 'ide0', reason: 'changed', reasonNumber: 0 },
    ],
    [
      { oldSrcPath: null, newSrcPath: long, devAlias: '', reason: 99 },
      { oldSrcPath: null, newSrcPath: long, devAlias: '', reason: 'unknown', reasonNumber: 99 },
    ],
  ],
  'tray-change': [
    [
      { devAlias: 'ide0', reason: 0 },
      { devAlias: 'ide0', reason: 'opened', reasonNumber: 0 },
    ],
    [
      { devAlias: notUtf8, reason: most },
      { devAlias: replaced, reason: 'unknown', reasonNumber: most },
    ],
  ],
  'device-removed': devices,
  'block-job-2': [
    [
      { dst: 'vda', type: 4, status: 3 },
      { disk: 'vda', ...job },
    ],
    [
      { dst: long, type: most, status: least },
      { disk: long, ...blockJobWords, jobTypeNumber: most, statusNumber: least },
    ],
  ],
  'device-added': devices,
  'device-removal-failed': devices,
  'block-threshold': [
    [
      { dev: 'vda[1]', path: '/disk', threshold: 4096n, excess: 512n },
      { dev: 'vda[1]', path: '/disk', threshold: 4096, excess: 512 },
    ],
    [
      { dev: '', path: null, threshold: 2n ** 64n - 1n, excess: 0n },
      { dev: '', path: null, threshold: 2 ** 64, excess: 0 },
    ],
  ],
  'memory-device-size-change': [
    [
      { alias: 'virtiomem0', size: 2n ** 40n },
      { alias: 'virtiomem0', size: 2 ** 40 },
    ],
    [
      { alias: notUtf8, size: 2n ** 64n - 1n },
      { alias: replaced, size: 2 ** 64 },
    ],
  ],
  'nic-mac-change': [
    [
      { alias: 'net0', oldMac: '52:54:00:00:00:01', newMac: '52:54:00:00:00:02' },
      { alias: 'net0', oldMac: '52:54:00:00:00:01', newMac: '52:54:00:00:00:02' },
    ],
    [
      { alias: notUtf8, oldMac: '', newMac: long },
      { alias: replaced, oldMac: '', newMac: long },
    ],
  ],
};
