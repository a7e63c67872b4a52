import type { TypedParameters, TypedParameterValue } from './typed-parameter-types.js';
import type { PayloadReader } from '../native/payload-reader.js';

/** libvirt's virTypedParameterType. */
const types = { int: 1, uint: 2, llong: 3, ullong: 4, double: 5, boolean: 6, string: 7 } as const;
/** The addon's own type: an integer of 64 bits that a double can't hold, as decimal digits. */
const digits = -1;

/** Reads a list of typed parameters into a plain object. */
export function readTypedParameters(payload: PayloadReader): TypedParameters {
  const entries: [string, TypedParameterValue][] = [];
  forEachTypedParameter(payload, (name, value) => entries.push([name, value]));
  return Object.freeze(Object.fromEntries(entries));
}

/** Reads a list of typed parameters, one after the other. */
export function forEachTypedParameter(
  payload: PayloadReader,
  take: (name: string, value: TypedParameterValue) => void,
): void {
  for (let left = payload.number(); left > 0; left--) take(payload.text(), readValue(payload));
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
    case digits:
      return Number(payload.text()); // events must fit into JSON
    case types.string:
      return payload.textOrNull();
    default:
      return null;
  }
}
