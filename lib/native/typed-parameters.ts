/** libvirt's virTypedParameterType. */
export const typedParameterTypes = {
  int: 1,
  uint: 2,
  llong: 3,
  ullong: 4,
  double: 5,
  boolean: 6,
  string: 7,
} as const;

/** The addon's own type: an integer of 64 bits that a double can't hold, as decimal digits. */
const digits = -1;

/** The numbers and the strings that the addon has written, one after the other. */
interface Written {
  number(): number;
  textOrNull(): string | null;
}

/** Reads the type and the value of a typed parameter; null for a type that is newer than this library. */
export function readTypedValue(from: Written): number | bigint | boolean | string | null {
  switch (from.number()) {
    case typedParameterTypes.int:
    case typedParameterTypes.uint:
    case typedParameterTypes.llong:
    case typedParameterTypes.ullong:
    case typedParameterTypes.double:
      return from.number();
    case typedParameterTypes.boolean:
      return from.number() !== 0;
    case typedParameterTypes.string:
      return from.textOrNull();
    case digits:
      return BigInt(from.textOrNull() ?? 0);
    default:
      return null;
  }
}
