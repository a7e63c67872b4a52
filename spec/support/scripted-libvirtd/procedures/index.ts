import type { ProcedureName } from '../protocol.js';
import { connectionProcedures } from './connection-procedures.js';
import { domainProcedures } from './domain-procedures.js';
import { objectProcedures } from './object-procedures.js';
import type { Procedure } from './procedure.js';
import { registrationProcedures } from './registration-procedures.js';

/** The procedures that the daemon can answer. Calls of others get a "not supported" error. */
export const procedures: Partial<Record<ProcedureName, Procedure>> = {
  ...connectionProcedures,
  ...registrationProcedures,
  ...domainProcedures,
  ...objectProcedures,
};
