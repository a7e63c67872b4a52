const block = Buffer.alloc(1 << 16);

/** Divides bytes into runs of blocks that are all zeros, and the rest. A block has 64 KiB. */
export function* zeroRuns(
  bytes: Buffer,
): Generator<{ readonly bytes: Buffer; readonly isHole: boolean }, void> {
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
