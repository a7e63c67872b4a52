import { checkBoolean, describe } from '../arguments.js';
import { list } from './values.js';
import { checkCallOptions, type CallOptions } from './call-options.js';

/**
 * What an option stands for in a function's flags.
 * - a number: this flag, if the option is true;
 * - two numbers: the first flag if it is true, the second if it is false;
 * - words: the flag of the word that the option has;
 * - any of some words: the flags of the words that the option has, one word or an array of them;
 * - null: the option is no flag. It goes into another argument.
 */
type Flag = number | readonly [number, number] | Words | { readonly anyOf: Words } | null;
type Words = Readonly<Record<string, number>>;

/** libvirt's flags for the options of a call. No flag may belong to two options. */
export type Flags<Options> = Readonly<Record<Exclude<keyof Options, keyof CallOptions>, Flag>>;

/** For functions that have a parameter for flags, but no flags. */
export const noFlags: Readonly<Record<string, never>> = {};

/** The flags that these options stand for. Throws `TypeError` for an option that has a wrong value. */
export function flagsOf<Options extends object>(options: Options, flags: Flags<Options>): number {
  let bits = 0;
  for (const [name, flag] of Object.entries<Flag>(flags)) {
    const value: unknown = (options as Record<string, unknown>)[name];
    if (value === undefined || flag === null) continue;
    bits += flagOf(name, value, flag);
  }
  return bits;
}

/** As {@link flagsOf}, after it has checked that these are options of the call. */
export function checkedFlags<Options extends CallOptions>(
  call: string,
  options: Options,
  flags: Flags<Options> | undefined,
): number {
  checkCallOptions(call, options, Object.keys(flags ?? {}));
  return flags === undefined ? 0 : flagsOf(options, flags);
}

function flagOf(name: string, value: unknown, flag: Exclude<Flag, null>): number {
  if (typeof flag === 'number' || isPair(flag)) {
    checkBoolean(name, value);
    const [yes, no] = isPair(flag) ? flag : [flag, 0];
    return value === true ? yes : no;
  }
  if (!isAnyOf(flag)) return flagOfWord(name, value, flag);
  if (!Array.isArray(value)) return flagOfWord(name, value, flag.anyOf);
  // A word may be there twice.
  const each = new Set(list(name, value).map((word) => flagOfWord(`each of ${name}`, word, flag.anyOf)));
  return [...each].reduce((bits, bit) => bits + bit, 0);
}

function flagOfWord(name: string, value: unknown, words: Words): number {
  const found = typeof value === 'string' && Object.hasOwn(words, value) ? words[value] : undefined;
  if (found !== undefined) return found;
  const got = typeof value === 'string' ? `'${value}'` : describe(value);
  throw new TypeError(`${name} must be one of ${Object.keys(words).join(', ')}, got ${got}`);
}

const isPair = (flag: Flag): flag is readonly [number, number] => Array.isArray(flag);
const isAnyOf = (flag: Words | { readonly anyOf: Words }): flag is { readonly anyOf: Words } =>
  typeof flag.anyOf === 'object';
