import { checkKeys, describe } from '../arguments.js';
import { readTypedValue, typedParameterTypes } from '../native/typed-parameters.js';
import { exactNumber } from './answers.js';
import type { CallArgument, ParameterArrays } from '../native.js';
import { integer, list, oneOf, text, unsigned, unsigned64, zeroOrOne } from './values.js';

/**
 * libvirt's name and type of a parameter. Beside libvirt's types: `'bigint'` is a ullong whose values can pass 2^53,
 * `'signed'` an int that may be below 0, and some words are a string that is one of them. A list is a parameter that comes
 * several times.
 */
type Parameter = readonly [
  name: string,
  type: keyof typeof typedParameterTypes | 'bigint' | 'signed' | readonly string[],
  isList?: 'list',
];

/** libvirt's typed parameters for the fields of an object. */
export type Parameters<Fields> = Readonly<Record<keyof Fields, Parameter>>;

/** A value of a typed parameter whose name is not known to this library. */
export type ParameterValue = number | bigint | boolean | string | null;

/** Makes the `read` for typed parameters. A parameter that is newer than this library keeps libvirt's name. */
export function parametersAs<Fields>(table: Parameters<Fields>): (found: ParameterArrays) => Fields {
  const fields = new Map(
    Object.entries<Parameter>(table).map(([key, [name, type]]) => [name, { key, type }]),
  );
  return (found) => {
    const object: Record<string, ParameterValue> = {};
    eachParameter(found, (name, value) => {
      const field = fields.get(name);
      object[field?.key ?? name] = field === undefined ? value : valueOf(field.type, value);
    });
    return object as Fields;
  };
}

/** @throws {RangeError} for an integer that a number can't hold, unless the field is a bigint. */
function valueOf(type: Parameter[1], value: ParameterValue): ParameterValue {
  if (type === 'bigint') return BigInt(value as number | bigint);
  return typeof value === 'bigint' ? exactNumber(value) : value;
}

/** The typed parameters that set these fields. Throws `TypeError` or `RangeError` for fields that can't be set. */
export function parametersOf<Fields extends object>(
  owner: string,
  fields: Fields,
  table: Parameters<Fields>,
): CallArgument {
  checkKeys(owner, fields, Object.keys(table));
  const all: (number | bigint | string | boolean)[] = [];
  for (const [key, [name, type, isList]] of Object.entries<Parameter>(table)) {
    const value: unknown = (fields as Record<string, unknown>)[key];
    if (value === undefined) continue;
    if (isList === undefined) all.push(name, typeNumber(type), settable(key, type, value));
    else
      for (const each of list(key, value))
        all.push(name, typeNumber(type), settable(`each of ${key}`, type, each));
  }
  return all;
}

/** Calls `take` with each typed parameter. */
export function eachParameter(
  found: ParameterArrays,
  take: (name: string, value: ParameterValue) => void,
): void {
  new ParameterReader(found).eachOfNext(take);
}

/** Reads lists of typed parameters, one after the other. */
export class ParameterReader {
  readonly #numbers: Float64Array;
  readonly #fields: readonly string[];
  readonly #strings: readonly (string | null)[];
  #number = 0;
  #string = 0;

  constructor({ numbers, fields, strings }: ParameterArrays) {
    this.#fields = fields;
    this.#numbers = numbers;
    this.#strings = strings;
  }

  /** Whether all lists are read. */
  get isAtEnd(): boolean {
    return this.#number >= this.#numbers.length;
  }

  /** Calls `take` with each parameter of the next list. */
  eachOfNext(take: (name: string, value: ParameterValue) => void): void {
    for (let left = this.number(); left > 0; left--)
      take(this.#fields[this.number()] ?? '', readTypedValue(this));
  }

  number(): number {
    return this.#numbers[this.#number++] ?? 0;
  }

  textOrNull(): string | null {
    return this.#strings[this.#string++] ?? null;
  }
}

function typeNumber(type: Parameter[1]): number {
  if (type === 'bigint') return typedParameterTypes.ullong;
  if (type === 'signed') return typedParameterTypes.int;
  return typeof type === 'string' ? typedParameterTypes[type] : typedParameterTypes.string;
}

function settable(name: string, type: Parameter[1], value: unknown): number | bigint | string | boolean {
  if (typeof type !== 'string') return (oneOf(name, value as string, type), value as string);
  switch (type) {
    case 'int':
      return integer(name, value as number, 0);
    case 'signed':
      return integer(name, value as number);
    case 'uint':
      return unsigned(name, value as number);
    case 'llong':
      return integer(name, value as number, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
    case 'ullong':
      return unsigned(name, value as number, Number.MAX_SAFE_INTEGER);
    case 'bigint':
      return unsigned64(name, value as number | bigint);
    case 'double':
      if (typeof value === 'number' && Number.isFinite(value)) return value;
      throw new TypeError(`${name} must be a finite number, got ${describe(value)}`);
    case 'boolean':
      return zeroOrOne(name, value as boolean) === 1;
    case 'string':
      return text(name, value as string);
  }
}
