import type { Plan } from './commands.js';

/** What the model knows of a watch or timeout. */
export class ModelledSource {
  readonly kind: 'watch' | 'timeout';
  readonly fd: number;
  readonly plan: Plan;
  setting: number;
  /** Known when the add has returned, or when the first callback has told it. */
  id: number | undefined;
  state: 'live' | 'refused' | 'removed' | 'freed' = 'live';
  /** The step and the time of the last setting. */
  changedAt: { readonly step: number; readonly ms: number };
  callbacks = 0;
  /** The step of the last callback, and how many there were since the last setting. */
  lastCallAt = 0;
  ticks = 0;

  constructor(
    kind: 'watch' | 'timeout',
    fd: number,
    setting: number,
    plan: Plan,
    now: { step: number; ms: number },
  ) {
    this.kind = kind;
    this.fd = fd;
    this.setting = setting;
    this.plan = plan;
    this.changedAt = now;
  }

  set(setting: number, now: { step: number; ms: number }): void {
    this.setting = setting;
    this.changedAt = now;
    this.ticks = 0;
  }

  get isSilent(): boolean {
    return this.state !== 'live' || this.setting === (this.kind === 'watch' ? 0 : -1);
  }

  /** Whether a period ends at this time. */
  isDueAt(ms: number): boolean {
    const passed = ms - this.changedAt.ms;
    return (
      this.kind === 'timeout' &&
      !this.isSilent &&
      this.setting > 0 &&
      passed > 0 &&
      passed % this.setting === 0
    );
  }

  /** Which of these bits are for this watch. */
  own(bits: number): number {
    return this.isSilent ? 0 : bits & (this.setting | errorAndHangup);
  }
}

const errorAndHangup = 4 | 8;
