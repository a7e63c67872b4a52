// Events may have bigints, bytes and NaN, but JSON has none of them. Each of them becomes an object with one of these
// keys.
const bigintKey = '$bigint';
const bytesKey = '$bytes';
const numberKey = '$number';

/** Writes a value as one line of JSON. The value may contain bigints, bytes and any numbers. */
export function toJsonLine(value: unknown): string {
  return `${JSON.stringify(wrap(value))}\n`;
}

export function fromJson(text: string): unknown {
  return JSON.parse(text, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value;
    if (bigintKey in value) return BigInt(value[bigintKey] as string);
    if (bytesKey in value) return Buffer.from(value[bytesKey] as string, 'base64');
    return numberKey in value ? Number(value[numberKey]) : value;
  });
}

// JSON.stringify's replacer can't do this: JSON.stringify calls a Buffer's toJSON before the replacer sees the buffer.
function wrap(value: unknown): unknown {
  if (typeof value === 'bigint') return { [bigintKey]: value.toString() };
  if (typeof value === 'number' && !Number.isFinite(value)) return { [numberKey]: String(value) };
  if (value instanceof Uint8Array) return { [bytesKey]: Buffer.from(value).toString('base64') };
  if (Array.isArray(value)) return value.map(wrap);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, wrap(each)]));
}
