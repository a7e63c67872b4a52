import { foundObjects, type Found } from '../calls/found.js';
import type { TypedParameters } from '../events/typed-parameter-types.js';
import { readTypedParameters } from '../events/typed-parameters.js';
import { DomainIdentities } from '../native/domain-identities.js';
import { PayloadReader } from '../native/payload-reader.js';
import type { DomainHandle, FoundStats } from '../native.js';

/** What libvirt knows about one domain, as of a call that returns virDomainStatsRecords. */
export interface DomainStats {
  readonly domain: Found<DomainHandle>;
  readonly parameters: TypedParameters;
}

/** The answer of virConnectGetAllDomainStats and virDomainListGetStats, one item for each domain. */
export function domainStats(found: FoundStats): readonly DomainStats[] {
  const payload = new PayloadReader(new DomainIdentities());
  payload.reset(found.numbers, found.strings);
  return foundObjects(found).map((domain) => ({ domain, parameters: readTypedParameters(payload) }));
}
