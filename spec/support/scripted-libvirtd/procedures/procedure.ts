import { struct, type Layout, type LayoutInput, type LayoutOutput } from '../codec.js';
import type { ClientSession } from '../client-session.js';
import type { DomainModel } from '../domain-model.js';
import type { Inventory } from '../inventory.js';
import type { Faults } from '../faults.js';
import type { Registrations } from '../registrations.js';
import { XdrReader, XdrWriter } from '../xdr.js';

/** What a procedure may look at and change. */
export interface ProcedureContext {
  readonly client: ClientSession;
  readonly domains: DomainModel;
  readonly inventory: Inventory;
  readonly registrations: Registrations;
  readonly faults: Faults;
  readonly hostname: string;
  readonly features: readonly number[];
}

/** Takes the payload of a call, and returns that of the reply. Throws a `LibvirtFailure` to answer with an error. */
export type Procedure = (payload: Uint8Array, context: ProcedureContext) => Buffer;

export function procedure<A extends Layout, R extends Layout>(
  takes: A,
  gives: R,
  run: (values: LayoutOutput<A>, context: ProcedureContext) => LayoutInput<R>,
): Procedure {
  const values = struct(takes);
  const results = struct(gives);
  return (payload, context) => {
    const to = new XdrWriter();
    results.write(to, run(values.read(new XdrReader(payload)), context));
    return to.finish();
  };
}
