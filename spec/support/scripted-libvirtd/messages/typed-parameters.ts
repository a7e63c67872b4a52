import { array, double, hyper, int, string, uhyper, uint, type Codec } from '../codec.js';
import type { XdrString } from '../xdr.js';

const types = { int: 1, uint: 2, llong: 3, ullong: 4, double: 5, boolean: 6, string: 7 } as const;
const values = { int, uint, llong: hyper, ullong: uhyper, double, boolean: int, string } as const;

/** One of libvirt's typed parameters. A boolean is a number, so that values other than 0 and 1 can be sent. */
export type TypedParameter = { readonly field: XdrString } & (
  | { readonly type: 'int' | 'uint' | 'double' | 'boolean'; readonly value: number }
  | { readonly type: 'llong' | 'ullong'; readonly value: bigint | number }
  | { readonly type: 'string'; readonly value: XdrString }
);

export const typedParameter: Codec<TypedParameter> = {
  write: (to, { field, type, value }) => {
    to.string(field);
    to.int(types[type]);
    values[type].write(to, value as never);
  },
  read: (from) => {
    const field = from.string();
    const number = from.int();
    for (const type of Object.keys(types) as TypedParameter['type'][]) {
      if (types[type] === number) return { field, type, value: values[type].read(from) } as TypedParameter;
    }
    throw new RangeError(`no typed parameter has the type ${number}`);
  },
};

export const typedParameters = array(typedParameter);
