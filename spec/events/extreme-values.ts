/** Values that are sent to compare each field. */
export const least = -(2 ** 31);
export const most = 2 ** 31 - 1;
export const long = 'x'.repeat(65_536);
export const notUtf8 = Buffer.from([0x61, 0xff, 0xfe, 0x62]);
/** The text that {@link notUtf8} becomes. */
export const replaced = 'a\ufffd\ufffdb';
/** Numbers that no enumeration has. */
export const unknown = [99, most, -1, least];
