import { array, int, optional, string, uhyper, uint } from '../codec.js';
import type { RemoteProcedure } from '../protocol.js';
import { procedure, type Procedure } from './procedure.js';

const authNone = 0;
const version = 9_000_000;

export const connectionProcedures = {
  'auth-list': procedure({}, { types: array(int) }, () => ({ types: [authNone] })),
  'connect-open': procedure({ name: optional(string), flags: uint }, {}, () => ({})),
  'connect-close': procedure({}, {}, () => ({})),
  'connect-get-type': procedure({}, { type: string }, () => ({ type: 'Test' })),
  'connect-get-version': procedure({}, { version: uhyper }, () => ({ version })),
  'connect-get-lib-version': procedure({}, { version: uhyper }, () => ({ version })),
  'connect-get-hostname': procedure({}, { hostname: string }, (_, { hostname }) => ({ hostname })),
  'connect-get-uri': procedure({}, { uri: string }, () => ({ uri: 'test:///default' })),
  'connect-is-secure': procedure({}, { isSecure: int }, () => ({ isSecure: 1 })),
  'connect-supports-feature': procedure(
    { feature: int },
    { isSupported: int },
    ({ feature }, { features }) => ({
      isSupported: Number(features.includes(feature)),
    }),
  ),
} as const satisfies Partial<Record<RemoteProcedure, Procedure>>;
