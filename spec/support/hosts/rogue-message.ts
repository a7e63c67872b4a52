/** What is wrong with a message. */
export type WrongMessage = 'half a message' | 'huge length' | 'unasked reply';

/** The words of the reply to a call of remote procedure 66, whose serial number nobody has used. */
const replyWords = [0x20008086, 1, 66, 1, 4711, 0];
const replyLength = (replyWords.length + 1) * 4;

/** Bytes that a proper daemon never sends. */
export function message(wrong: WrongMessage): Buffer {
  switch (wrong) {
    case 'half a message':
      return words([replyLength, ...replyWords.slice(0, 2)]);
    case 'huge length':
      return words([0xffffffff, ...replyWords]);
    case 'unasked reply':
      return words([replyLength, ...replyWords]);
  }
}

function words(all: readonly number[]): Buffer {
  const bytes = Buffer.alloc(all.length * 4);
  all.forEach((word, index) => bytes.writeUInt32BE(word, index * 4));
  return bytes;
}
