/** Data to be written, or zeros that may be left out as a hole. */
export interface Piece {
  readonly bytes: Buffer;
  readonly isHole: boolean;
}

const block = Buffer.alloc(1 << 16);

/** Divides bytes into runs of blocks that are all zeros, and the rest. A block has 64 KiB. */
export function* zeroRuns(bytes: Buffer): Generator<Piece, void> {
  let start = 0;
  let wasHole = false;
  for (let at = 0; at < bytes.length; at += block.length) {
    const isHole = bytes.subarray(at, at + block.length).equals(block);
    if (isHole !== wasHole && at > start) {
      yield { bytes: bytes.subarray(start, at), isHole: wasHole };
      start = at;
    }
    wasHole = isHole;
  }
  if (start < bytes.length) yield { bytes: bytes.subarray(start), isHole: wasHole };
}

/** Divides pieces into some that are written at once: data of at most this size together, and any holes. */
export function* batchesOf(pieces: Iterable<Piece>, mostBytes: number): Generator<readonly Piece[], void> {
  let batch: Piece[] = [];
  let size = 0;
  for (const { bytes, isHole } of pieces) {
    if (isHole) {
      batch.push({ bytes, isHole });
      continue;
    }
    for (let start = 0; start < bytes.length; start += mostBytes) {
      const part = bytes.subarray(start, start + mostBytes);
      if (size + part.length > mostBytes) {
        yield batch;
        batch = [];
        size = 0;
      }
      batch.push({ bytes: part, isHole });
      size += part.length;
    }
  }
  if (batch.length > 0) yield batch;
}
