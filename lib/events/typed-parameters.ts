import type { PayloadReader } from '../native/payload-reader.js';
import { readTypedValue } from '../native/typed-parameters.js';
import type { TypedParameters, TypedParameterValue } from './typed-parameter-types.js';

/** Reads a list of typed parameters into a plain object. */
export function readTypedParameters(payload: PayloadReader): TypedParameters {
  const entries: [string, TypedParameterValue][] = [];
  for (let left = payload.number(); left > 0; left--) entries.push([payload.text(), readValue(payload)]);
  return Object.freeze(Object.fromEntries(entries));
}

/** Events must fit into JSON, which has no bigints, and no word for a number that is not finite. */
function readValue(payload: PayloadReader): TypedParameterValue {
  const value = readTypedValue(payload);
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}
