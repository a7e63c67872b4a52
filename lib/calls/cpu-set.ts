/** Sets of cpus, or of other things that libvirt numbers: libvirt has them as maps of bits and as texts. */
import { integers } from './values.js';

/** libvirt's protocol takes maps of at most 2048 bytes. */
const greatestCpu = 2048 * 8 - 1;

/** The numbers of the cpus whose bits are set in one of libvirt's maps of cpus. */
export function cpusOf(map: Uint8Array): number[] {
  const cpus: number[] = [];
  map.forEach((byte, index) => {
    for (let bit = 0; bit < 8; bit++) if ((byte & (1 << bit)) !== 0) cpus.push(index * 8 + bit);
  });
  return cpus;
}

/** The sets of cpus in maps of the same size, one after the other. */
export function cpuSetsOf(maps: Uint8Array, bytesOfEach: number): number[][] {
  const sets: number[][] = [];
  for (let start = 0; start + bytesOfEach <= maps.length; start += bytesOfEach)
    sets.push(cpusOf(maps.subarray(start, start + bytesOfEach)));
  return sets;
}

/** How many bytes libvirt's map of so many cpus has. */
export function mapBytes(cpus: number): number {
  return Math.ceil(cpus / 8);
}

/** libvirt's map of these cpus. Throws `TypeError` or `RangeError` unless they are numbers of cpus. */
export function mapOf(name: string, cpus: readonly number[]): Uint8Array {
  const checked = integers(name, cpus, greatestCpu);
  const map = new Uint8Array(mapBytes(checked.reduce((count, cpu) => Math.max(count, cpu + 1), 0)));
  for (const cpu of checked) {
    const index = cpu >> 3;
    map[index] = (map[index] ?? 0) | (1 << (cpu & 7));
  }
  return map;
}

/** libvirt's text for these numbers: `'0,2,3'`. Throws `TypeError` or `RangeError` unless they are such numbers. */
export function setText(name: string, numbers: readonly number[]): string {
  return integers(name, numbers, greatestCpu).join(',');
}

/** The numbers in one of libvirt's texts: [0, 1, 2, 5] for `'0-2,5'`. */
export function numbersOf(set: string): number[] {
  const numbers: number[] = [];
  for (const range of set.split(',').filter((part) => part !== '')) {
    const [first = 0, last = first] = range.split('-').map(Number);
    for (let number = first; number <= last; number++) numbers.push(number);
  }
  return numbers;
}
