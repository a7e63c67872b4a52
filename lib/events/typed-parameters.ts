import type { TypedParameters, TypedParameterValue } from './typed-parameter-types.js';
import type { PayloadReader } from '../native/payload-reader.js';

/** libvirt's virTypedParameterType. */
const types = { int: 1, uint: 2, llong: 3, ullong: 4, double: 5, boolean: 6, string: 7 } as const;

/** Reads a list of typed parameters into a plain object. */
export function readTypedParameters(payload: PayloadReader): TypedParameters {
  const count = payload.number();
  const entries: [string, TypedParameterValue][] = [];
  for (let i = 0; i < count; i++) entries.push([payload.text(), readValue(payload)]);
  return Object.freeze(Object.fromEntries(entries));
}

function readValue(payload: PayloadReader): TypedParameterValue {
  switch (payload.number()) {
    case types.int:
    case types.uint:
    case types.llong:
    case types.ullong:
      return payload.number();
    case types.double: {
      const number = payload.number();
      return Number.isFinite(number) ? number : null;
    }
    case types.boolean:
      return payload.number() !== 0;
    case types.string:
      return payload.textOrNull();
    default:
      return null;
  }
}
