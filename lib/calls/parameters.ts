import { checkKeys, describe } from '../arguments.js';
import type { CallArgument, ParameterArrays } from '../native.js';
import { text, unsigned, integer, unsigned64, zeroOrOne } from './values.js';

/** libvirt's virTypedParameterType. */
const typeNumbers = { int: 1, uint: 2, llong: 3, ullong: 4, double: 5, boolean: 6, string: 7 } as const;
/** The addon's own type: an integer of 64 bits that a double can't hold, as decimal digits. */
const digits = -1;

/** libvirt's name and type of a parameter. The type `'bigint'` is a ullong whose values can pass 2^53. */
type Parameter = readonly [name: string, type: keyof typeof typeNumbers | 'bigint'];

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
      object[field?.key ?? name] = field?.type === 'bigint' ? BigInt(value as number | bigint) : value;
    });
    return object as Fields;
  };
}

/** The typed parameters that set these fields. Throws `TypeError` or `RangeError` for fields that can't be set. */
export function parametersOf<Fields extends object>(
  owner: string,
  fields: Fields,
  table: Parameters<Fields>,
): CallArgument {
  checkKeys(owner, fields, Object.keys(table));
  const all: (number | bigint | string | boolean)[] = [];
  for (const [key, [name, type]] of Object.entries<Parameter>(table)) {
    const value: unknown = (fields as Record<string, unknown>)[key];
    if (value === undefined) continue;
    // A list of texts is a parameter that comes several times.
    for (const each of type === 'string' && Array.isArray(value) ? (value as unknown[]) : [value])
      all.push(name, typeNumbers[type === 'bigint' ? 'ullong' : type], settable(key, type, each));
  }
  return all;
}

/** Calls `take` with each typed parameter. */
export function eachParameter(
  { numbers, strings }: ParameterArrays,
  take: (name: string, value: ParameterValue) => void,
): void {
  let number = 1;
  let string = 0;
  for (let left = numbers[0] ?? 0; left > 0; left--) {
    const name = strings[string++] ?? '';
    const type = numbers[number++];
    if (type === typeNumbers.string) take(name, strings[string++] ?? null);
    else if (type === digits) take(name, BigInt(strings[string++] ?? 0));
    else if (type === typeNumbers.boolean) take(name, numbers[number++] !== 0);
    else if (type !== undefined && type >= typeNumbers.int && type <= typeNumbers.double)
      take(name, numbers[number++] as number);
    else take(name, null); // a type that is newer than this library
  }
}

function settable(name: string, type: Parameter[1], value: unknown): number | bigint | string | boolean {
  switch (type) {
    case 'int':
      return integer(name, value as number);
    case 'uint':
      return unsigned(name, value as number);
    case 'llong':
      return integer(name, value as number, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
    case 'ullong':
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
