import { struct, int, uint, type LayoutInput } from './codec.js';
import { protocolVersion } from './protocol.js';
import { XdrReader, XdrWriter } from './xdr.js';

const headerLayout = { program: uint, version: uint, procedure: int, type: int, serial: uint, status: int };
const header = struct(headerLayout);
const lengthBytes = 4;
const headerBytes = 24;
// libvirt's own limit. A greater length means that these bytes are not the beginning of a packet.
const maximumBytes = 33_554_432 + lengthBytes;

export type PacketHeader = LayoutInput<typeof headerLayout>;

export interface Packet {
  readonly header: PacketHeader;
  readonly payload: Buffer;
}

/** One whole packet with its length word. Every field of the header can be set, even to an invalid value. */
export function encodePacket(
  fields: Pick<PacketHeader, 'program' | 'procedure' | 'type'> & Partial<PacketHeader>,
  payload: Uint8Array = Buffer.alloc(0),
): Buffer {
  const to = new XdrWriter();
  to.uint(lengthBytes + headerBytes + payload.length);
  header.write(to, { version: protocolVersion, serial: 0, status: 0, ...fields });
  to.opaque(payload);
  return to.finish();
}

/** Splits a byte stream into packets. The bytes may arrive in pieces of any size. */
export class PacketParser {
  #pending: Buffer = Buffer.alloc(0);

  /** @throws RangeError when a length word has an impossible value. */
  *push(bytes: Buffer): Generator<Packet> {
    this.#pending = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
    while (this.#pending.length >= lengthBytes) {
      const length = this.#pending.readUInt32BE(0);
      if (length < lengthBytes + headerBytes || length > maximumBytes) {
        throw new RangeError(`a packet of ${length} bytes is none of libvirt's`);
      }
      if (this.#pending.length < length) return;
      const from = new XdrReader(this.#pending.subarray(lengthBytes, length));
      this.#pending = this.#pending.subarray(length);
      yield { header: header.read(from), payload: from.opaque(from.remaining) };
    }
  }
}
