import type { TypedParameters } from '../../lib/index.js';
import type { TypedParameter } from '../support/scripted-libvirtd/index.js';
import type { Cases } from './domain-cases.js';
import { least, long, notUtf8, replaced } from './extreme-values.js';

const parameters: readonly TypedParameter[] = [
  { field: 'int', type: 'int', value: least },
  { field: 'uint', type: 'uint', value: 2 ** 32 - 1 },
  { field: 'llong', type: 'llong', value: -(2n ** 63n) },
  { field: 'ullong', type: 'ullong', value: 2n ** 64n - 1n },
  { field: 'exact', type: 'ullong', value: 2n ** 53n },
  { field: 'double', type: 'double', value: 0.25 },
  { field: 'infinite', type: 'double', value: Infinity },
  { field: 'nan', type: 'double', value: NaN },
  { field: 'no', type: 'boolean', value: 0 },
  { field: 'yes', type: 'boolean', value: 1 },
  { field: 'string', type: 'string', value: 'vda' },
  { field: 'empty', type: 'string', value: '' },
  { field: 'long', type: 'string', value: long },
  { field: 'notUtf8', type: 'string', value: notUtf8 },
  { field: '__proto__', type: 'int', value: 1 },
];
const parameterObject = JSON.parse(
  JSON.stringify({
    int: least,
    uint: 2 ** 32 - 1,
    llong: -(2 ** 63),
    ullong: 2 ** 64,
    exact: 2 ** 53,
    double: 0.25,
    infinite: null,
    nan: null,
    no: false,
    yes: true,
    string: 'vda',
    empty: '',
    long,
    notUtf8: replaced,
  }).replace(/}$/, ',"__proto__":1}'),
) as TypedParameters;
/** Cases for each type of typed parameter, and for no parameters. */
export const parameterCases: Cases<'tunable'> = [
  [{ params: parameters }, { params: parameterObject }],
  [{ params: [] }, { params: {} }],
];
