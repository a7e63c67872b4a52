import type { CallOptions } from '../calls/call-options.js';
import type { Found } from '../calls/found.js';
import { integer, text } from '../calls/values.js';
import { Domain } from '../domain/domain.js';
import { checkFilter } from '../events/filter.js';
import { native, type DomainHandle } from '../native.js';
import { HostCpus } from './host-cpus.js';
import { domainFilters, type ListDomainsOptions } from './list-options.js';

/** How a connection finds and lists its domains. */
export abstract class ConnectionDomains extends HostCpus {
  /** The domain of this name (virDomainLookupByName). */
  async lookupDomainByName(name: string, options: CallOptions = {}): Promise<Domain> {
    const args = [text('name', name)];
    return this.lookUp('virDomainLookupByName', `domain '${name}'`, this.#domain, args, options);
  }

  /** The domain with this uuid (virDomainLookupByUUIDString); {@link domain} does without this call. */
  async lookupDomainByUuid(uuid: string, options: CallOptions = {}): Promise<Domain> {
    const args = [text('uuid', uuid)];
    return this.lookUp(
      'virDomainLookupByUUIDString',
      `domain with uuid '${uuid}'`,
      this.#domain,
      args,
      options,
    );
  }

  /** The running domain with this number (virDomainLookupByID). */
  async lookupDomainById(id: number, options: CallOptions = {}): Promise<Domain> {
    const args = [integer('id', id, 0)];
    return this.lookUp('virDomainLookupByID', `domain with id ${id}`, this.#domain, args, options);
  }

  /** All domains, or those that the options select (virConnectListAllDomains). */
  async listDomains(options: ListDomainsOptions = {}): Promise<Domain[]> {
    return this.list('virConnectListAllDomains', 'domains', this.#domain, options, domainFilters);
  }

  /**
   * The domain with this uuid, without asking libvirt: pass an event's `domain`. The domain's first call looks
   * it up. The same holds for `network`, `storagePool`, `nodeDevice` and `secret`.
   */
  domain(identity: { readonly uuid: string; readonly name?: string; readonly id?: number | null }): Domain {
    const key = checkFilter('a domain', 'uuid', identity);
    return this.#domain(this.named(native().referToDomain, key, identity.name, identity.id ?? -1));
  }

  /** @internal */
  protected domainOf(found: Found<DomainHandle>): Domain {
    return this.#domain(found);
  }

  readonly #domain = (found: Found<DomainHandle>) => {
    const { state, streams } = this.shared;
    return new Domain(state, found, (type, options) => streams.ofDomains(type, options));
  };
}
