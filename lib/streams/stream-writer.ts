import { batchesOf, joined, piecesOf, type Piece } from './pieces.js';
import { mostBytes, type RawStream } from './raw-stream.js';

/** What the writing of a stream needs to know of it. */
export interface WrittenStream {
  readonly raw: RawStream;
  /** Whether blocks of zeros are sent as holes. */
  readonly isSparse: boolean;
  /** How many bytes may be written; `Infinity` when there is no limit. */
  readonly mostBytes: number;
  /** Throws when it has been destroyed. */
  readonly check: () => void;
  /** Resolves when it takes more. Rejects when it has been destroyed. */
  readonly untilWritable: () => Promise<void>;
  /** Counts what was written. */
  readonly note: (bytes: number) => void;
}

/** Writes to one of libvirt's streams. */
export class StreamWriter {
  readonly #stream: WrittenStream;
  #bytesLeft: number;

  constructor(stream: WrittenStream) {
    this.#stream = stream;
    this.#bytesLeft = stream.mostBytes;
  }

  /**
   * Resolves when libvirt has taken all. Rejects when the stream is destroyed before. Refuses more than may be written:
   * libvirtd 11.3 would crash.
   */
  async send(chunks: readonly Buffer[]): Promise<void> {
    for (const { length } of chunks) this.#bytesLeft -= length;
    if (this.#bytesLeft < 0)
      throw new RangeError(`more than lengthBytes was written, which is ${this.#stream.mostBytes}`);
    const { raw, isSparse, check } = this.#stream;
    for (const batch of batchesOf(piecesOf(joined(chunks, mostBytes), isSparse), mostBytes)) {
      check();
      // Calls come one after the other, so the next one need not wait for JavaScript.
      if (raw.waitsInCalls) await Promise.all(batch.map((piece) => this.#sendPiece(piece)));
      else for (const piece of batch) await this.#sendPiece(piece);
    }
  }

  async #sendPiece({ bytes, isHole }: Piece): Promise<void> {
    if (!isHole) return this.#sendAll(bytes);
    await this.#stream.raw.sendHole(bytes.length);
    this.#stream.note(bytes.length);
  }

  async #sendAll(bytes: Buffer): Promise<void> {
    for (let rest = bytes; rest.length > 0;) {
      const taken = await this.#stream.raw.send(rest);
      if (taken === 0) await this.#stream.untilWritable();
      else this.#stream.note(taken);
      rest = rest.subarray(taken);
    }
  }
}
