import type { XdrReader, XdrString, XdrWriter } from './xdr.js';

/** One type on the wire. It may accept more types for writing than the one that reading returns. */
export interface Codec<In, Out = In> {
  readonly write: (to: XdrWriter, value: In) => void;
  readonly read: (from: XdrReader) => Out;
}

/** A structure: field names in the order in which they go over the wire. */
export type Layout = Readonly<Record<string, Codec<never, unknown>>>;
export type Input<C> = C extends Codec<infer In, unknown> ? In : never;
export type Output<C> = C extends Codec<never, infer Out> ? Out : never;
export type LayoutInput<L extends Layout> = { readonly [K in keyof L]: Input<L[K]> };
export type LayoutOutput<L extends Layout> = { readonly [K in keyof L]: Output<L[K]> };

export const int: Codec<number> = { write: (to, value) => to.int(value), read: (from) => from.int() };
export const uint: Codec<number> = { write: (to, value) => to.uint(value), read: (from) => from.uint() };
export const hyper: Codec<bigint | number, bigint> = {
  write: (to, value) => to.hyper(value),
  read: (from) => from.hyper(),
};
export const uhyper: Codec<bigint | number, bigint> = {
  write: (to, value) => to.uhyper(value),
  read: (from) => from.uhyper(),
};
export const double: Codec<number> = {
  write: (to, value) => to.double(value),
  read: (from) => from.double(),
};
export const string: Codec<XdrString, string> = {
  write: (to, value) => to.string(value),
  read: (from) => from.string(),
};

/** XDR's optional pointer: a 0 for NULL, or a 1 and then the value. */
export function optional<In, Out>(of: Codec<In, Out>): Codec<In | null, Out | null> {
  return {
    write: (to, value) => {
      to.uint(value === null ? 0 : 1);
      if (value !== null) of.write(to, value);
    },
    read: (from) => (from.uint() === 0 ? null : of.read(from)),
  };
}

export function array<In, Out>(of: Codec<In, Out>): Codec<readonly In[], Out[]> {
  return {
    write: (to, values) => {
      to.uint(values.length);
      for (const value of values) of.write(to, value);
    },
    read: (from) => {
      const values: Out[] = [];
      for (let left = from.uint(); left > 0; left -= 1) values.push(of.read(from));
      return values;
    },
  };
}

export function struct<L extends Layout>(layout: L): Codec<LayoutInput<L>, LayoutOutput<L>> {
  const fields: [keyof L & string, Codec<never, unknown>][] = Object.entries(layout);
  return {
    write: (to, value) => {
      for (const [name, codec] of fields) codec.write(to, value[name] as never);
    },
    read: (from) =>
      Object.fromEntries(fields.map(([name, codec]) => [name, codec.read(from)])) as LayoutOutput<L>,
  };
}
