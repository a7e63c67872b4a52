import { foundAt, type Found } from '../calls/found.js';
import type { TypedParameterValue } from '../events/typed-parameter-types.js';
import { forEachTypedParameter } from '../events/typed-parameters.js';
import { DomainIdentities } from '../native/domain-identities.js';
import { PayloadReader } from '../native/payload-reader.js';
import type { DomainHandle, FoundStats } from '../native.js';

/**
 * The domains in the answer of virConnectGetAllDomainStats and virDomainListGetStats, one after the other. There
 * can be thousands, so no object is made of their parameters.
 * @param take Called with each parameter of a domain, before that domain is given.
 */
export function* domainStats(
  found: FoundStats,
  take: (name: string, value: TypedParameterValue) => void,
): Generator<Found<DomainHandle>, void> {
  const payload = new PayloadReader(new DomainIdentities());
  payload.reset(found.numbers, found.strings);
  for (let index = 0; index < found.keys.length; index++) {
    forEachTypedParameter(payload, take);
    yield foundAt(found, index);
  }
}
