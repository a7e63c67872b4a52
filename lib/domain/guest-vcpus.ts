import { eachParameter } from '../calls/parameters.js';
import { integers } from '../calls/values.js';
import type { ParameterArrays } from '../native.js';

/** The cpus of a guest, by the numbers that the guest gives them. */
export interface GuestVcpus {
  readonly vcpus: readonly number[];
  /** Those that the guest uses. */
  readonly online: readonly number[];
  /** Those that the guest can stop using. */
  readonly offlinable: readonly number[];
}

/** The answer of virDomainGetGuestVcpus. */
export function guestVcpus(found: ParameterArrays): GuestVcpus {
  const lists = new Map<string, readonly number[]>();
  eachParameter(found, (name, value) => {
    if (typeof value === 'string') lists.set(name, numbersOf(value));
  });
  const list = (name: string) => lists.get(name) ?? [];
  return { vcpus: list('vcpus'), online: list('online'), offlinable: list('offlinable') };
}

/** Numbers in the text that libvirt takes for them. */
export function cpuList(name: string, cpus: readonly number[]): string {
  return integers(name, cpus, 0x7fffffff).join(',');
}

/** The numbers in a text such as `'0-2,5'`. */
function numbersOf(list: string): number[] {
  return list
    .split(',')
    .filter((range) => range !== '')
    .flatMap((range) => {
      const [first = 0, last = first] = range.split('-').map(Number);
      return Array.from({ length: last - first + 1 }, (_, index) => first + index);
    });
}
