import { graphicsAddressFamilies, type GraphicsAddress, type GraphicsIdentity } from './graphics-types.js';
import type { PayloadReader } from '../native/payload-reader.js';
import { word } from './word.js';

/** Reads one end of a graphics connection. */
export function readAddress(payload: PayloadReader): GraphicsAddress | null {
  if (payload.number() === 0) return null;
  const familyNumber = payload.number();
  return Object.freeze({
    family: word(graphicsAddressFamilies, familyNumber),
    familyNumber,
    node: payload.textOrNull(),
    service: payload.textOrNull(),
  });
}

/** Reads who a graphics client is. */
export function readIdentities(payload: PayloadReader): readonly GraphicsIdentity[] {
  const count = payload.number();
  return Object.freeze(
    Array.from({ length: count }, () =>
      Object.freeze({ type: payload.textOrNull(), name: payload.textOrNull() }),
    ),
  );
}
