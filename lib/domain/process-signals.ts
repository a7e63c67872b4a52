const firstSignals = [
  'nop',
  'hup',
  'int',
  'quit',
  'ill',
  'trap',
  'abrt',
  'bus',
  'fpe',
  'kill',
  'usr1',
  'segv',
  'usr2',
  'pipe',
  'alrm',
  'term',
  'stkflt',
  'chld',
  'cont',
  'stop',
  'tstp',
  'ttin',
  'ttou',
  'urg',
  'xcpu',
  'xfsz',
  'vtalrm',
  'prof',
  'winch',
  'poll',
  'pwr',
  'sys',
] as const;

/** A signal for a process of a guest, in virsh's words. `'nop'` only finds out whether there is such a process. */
export type ProcessSignal = (typeof firstSignals)[number] | `rt${number}`;

/** libvirt's virDomainProcessSignal. The signals of real time are from rt0 to rt32. */
export const signals: readonly string[] = [
  ...firstSignals,
  ...Array.from({ length: 33 }, (_, index) => `rt${index}`),
];
