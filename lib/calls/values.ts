/**
 * Checks of arguments. Each returns the value as the addon takes it, and throws `TypeError` for a value of a wrong
 * type, `RangeError` for a number that libvirt's parameter can't hold.
 */
import { types } from 'node:util';
import { checkBoolean, checkInteger, checkText, describe } from '../arguments.js';

/** A text without null characters. */
export function text(name: string, value: string): string {
  checkText(name, value);
  return value;
}

/** A text, or undefined for libvirt's NULL. */
export function optionalText(name: string, value: string | undefined): string | null {
  return value === undefined ? null : text(name, value);
}

export function texts(name: string, value: readonly string[]): readonly string[] {
  return list(name, value).map((each, index) => text(`${name}[${index}]`, each as string));
}

/** An unsigned int of libvirt. */
export function unsigned(name: string, value: number, max = 0xffffffff): number {
  checkInteger(name, value, 0, max);
  return value;
}

/** An int of libvirt. */
export function integer(name: string, value: number, min = -0x80000000, max = 0x7fffffff): number {
  checkInteger(name, value, min, max);
  return value;
}

export function integers(name: string, value: readonly number[], max = 0xffffffff): readonly number[] {
  return list(name, value).map((each, index) => unsigned(`${name}[${index}]`, each as number, max));
}

/** An unsigned long long of libvirt. A bigint is needed only for numbers that JavaScript's numbers don't have. */
export function unsigned64(name: string, value: number | bigint): number | bigint {
  if (typeof value !== 'bigint') return unsigned(name, value, Number.MAX_SAFE_INTEGER);
  if (value < 0n || value > 0xffff_ffff_ffff_ffffn)
    throw new RangeError(`${name} must be from 0 to 2^64 - 1, got ${value}`);
  return value;
}

/** 1 for true, and 0 for false. */
export function zeroOrOne(name: string, value: boolean): number {
  checkBoolean(name, value);
  return value ? 1 : 0;
}

/** The number of a word: its place in `words`. */
export function oneOf(name: string, value: string, words: readonly string[]): number {
  const number = words.indexOf(value);
  if (number !== -1 && value !== '') return number;
  const known = words.filter((word) => word !== '').join(', ');
  throw new TypeError(
    `${name} must be one of ${known}, got ${typeof value === 'string' ? `'${value}'` : describe(value)}`,
  );
}

export function bytes(name: string, value: Uint8Array): Uint8Array {
  if (types.isUint8Array(value)) return value; // from any realm
  throw new TypeError(`${name} must be a Buffer or a Uint8Array, got ${describe(value)}`);
}

/** The items of an array. What is left out counts as undefined, and is refused as that. */
export function list(name: string, value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError(`${name} must be an array, got ${describe(value)}`);
  return Array.from<unknown>(value);
}
