const remoteProgram = 0x20008086;

/** Calls of libvirt's remote protocol that the rigs make by themselves. */
export const procedure = { connectSupportsFeature: 60, authList: 66 } as const;

/**
 * One call of libvirt's remote protocol, as it goes over the socket: length, program, version, procedure, type,
 * serial, status, then the arguments, each a big-endian 32-bit word.
 */
export function remoteCall(number: number, ...words: readonly number[]): Buffer {
  const packet = [remoteProgram, 1, number, 0, 0, 0, ...words];
  const length = (packet.length + 1) * 4;
  const bytes = Buffer.alloc(length);
  [length, ...packet].forEach((word, index) => bytes.writeUInt32BE(word, index * 4));
  return bytes;
}
