/** Text for the wire. The bytes of a buffer are sent unchanged, so that invalid UTF-8 can be sent. */
export type XdrString = string | Uint8Array;

/** Writes XDR (RFC 4506): everything is big-endian, and padded to four bytes. */
export class XdrWriter {
  #bytes = Buffer.allocUnsafe(256);
  #length = 0;

  int(value: number): void {
    this.#length = this.#room(4).writeInt32BE(value, this.#length);
  }

  uint(value: number): void {
    this.#length = this.#room(4).writeUInt32BE(value, this.#length);
  }

  hyper(value: bigint | number): void {
    this.#length = this.#room(8).writeBigInt64BE(BigInt(value), this.#length);
  }

  uhyper(value: bigint | number): void {
    this.#length = this.#room(8).writeBigUInt64BE(BigInt(value), this.#length);
  }

  double(value: number): void {
    this.#length = this.#room(8).writeDoubleBE(value, this.#length);
  }

  /** Opaque bytes of a fixed length. There is no length word, because the reader knows the length. */
  opaque(bytes: Uint8Array): void {
    const padded = paddedLength(bytes.length);
    const room = this.#room(padded);
    room.set(bytes, this.#length);
    room.fill(0, this.#length + bytes.length, this.#length + padded);
    this.#length += padded;
  }

  string(value: XdrString): void {
    const bytes = typeof value === 'string' ? Buffer.from(value) : value;
    this.uint(bytes.length);
    this.opaque(bytes);
  }

  /** A copy of everything written so far. Writing more doesn't change the copy. */
  finish(): Buffer {
    return Buffer.from(this.#bytes.subarray(0, this.#length));
  }

  #room(needed: number): Buffer {
    if (this.#length + needed > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length + needed));
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    return this.#bytes;
  }
}

/** Reads what {@link XdrWriter} writes. Reading past the end throws a `RangeError`. */
export class XdrReader {
  readonly #bytes: Buffer;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get remaining(): number {
    return this.#bytes.length - this.#offset;
  }

  int(): number {
    return this.#bytes.readInt32BE(this.#advance(4));
  }

  uint(): number {
    return this.#bytes.readUInt32BE(this.#advance(4));
  }

  hyper(): bigint {
    return this.#bytes.readBigInt64BE(this.#advance(8));
  }

  uhyper(): bigint {
    return this.#bytes.readBigUInt64BE(this.#advance(8));
  }

  double(): number {
    return this.#bytes.readDoubleBE(this.#advance(8));
  }

  opaque(length: number): Buffer {
    const start = this.#advance(paddedLength(length));
    return Buffer.from(this.#bytes.subarray(start, start + length));
  }

  string(): string {
    return this.opaque(this.uint()).toString();
  }

  #advance(length: number): number {
    const start = this.#offset;
    if (length > this.remaining) {
      throw new RangeError(`XDR wants ${length} bytes at offset ${start}, ${this.remaining} are left`);
    }
    this.#offset += length;
    return start;
  }
}

function paddedLength(length: number): number {
  return Math.ceil(length / 4) * 4;
}
