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

/** All pieces of these chunks, one after the other: a chunk can have hundreds of MiB. */
export function* piecesOf(chunks: readonly Buffer[], isSparse: boolean): Generator<Piece, void> {
  for (const bytes of chunks) {
    if (isSparse) yield* zeroRuns(bytes);
    else yield { bytes, isHole: false };
  }
}

/** Joins chunks that are smaller than a block, because each call has its cost. */
export function joined(chunks: readonly Buffer[], mostBytes: number): Buffer[] {
  const all: Buffer[] = [];
  let small: Buffer[] = [];
  let size = 0;
  const join = () => {
    if (small.length > 0) all.push(Buffer.concat(small));
    small = [];
    size = 0;
  };
  for (const chunk of chunks) {
    const isSmall = chunk.length < block.length;
    if (!isSmall || size + chunk.length > mostBytes) join();
    (isSmall ? small : all).push(chunk);
    if (isSmall) size += chunk.length;
  }
  join();
  return all;
}

/** Divides pieces into some that are written at once: data of at most this size together, and not too many pieces. */
export function* batchesOf(pieces: Iterable<Piece>, mostBytes: number): Generator<readonly Piece[], void> {
  let batch: Piece[] = [];
  let size = 0;
  for (const part of cut(pieces, mostBytes)) {
    const bytes = part.isHole ? 0 : part.bytes.length;
    if (batch.length === mostPieces || size + bytes > mostBytes) {
      yield batch;
      batch = [];
      size = 0;
    }
    batch.push(part);
    size += bytes;
  }
  if (batch.length > 0) yield batch;
}

const mostPieces = 64;

function* cut(pieces: Iterable<Piece>, mostBytes: number): Generator<Piece, void> {
  for (const { bytes, isHole } of pieces) {
    if (isHole) yield { bytes, isHole };
    else
      for (let start = 0; start < bytes.length; start += mostBytes)
        yield { bytes: bytes.subarray(start, start + mostBytes), isHole };
  }
}
