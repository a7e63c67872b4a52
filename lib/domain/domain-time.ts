import { checkKeys } from '../arguments.js';
import { exactNumber } from '../calls/answers.js';
import { integer, unsigned } from '../calls/values.js';

/** A time of a guest's clock. */
export interface DomainTime {
  /** Since the beginning of 1970, in UTC. */
  readonly seconds: number;
  /** What is to be added, less than a second. */
  readonly nanoseconds?: number;
}

export function domainTime([seconds, nanoseconds]: readonly [number | bigint, number]): Required<DomainTime> {
  return { seconds: exactNumber(seconds), nanoseconds };
}

/** The same time, if libvirt can take it. */
export function checkedTime(time: DomainTime): Required<DomainTime> {
  checkKeys('time', time, ['seconds', 'nanoseconds']);
  const { seconds, nanoseconds = 0 } = time;
  return {
    seconds: integer('seconds', seconds, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
    nanoseconds: unsigned('nanoseconds', nanoseconds, 999_999_999),
  };
}
