import { asIs } from '../calls/answers.js';
import { call } from '../calls/call.js';
import type { CallOptions } from '../calls/call-options.js';
import { checkedFlags, noFlags, type Flags } from '../calls/flags.js';
import type { Found } from '../calls/found.js';
import { inTurns } from '../calls/in-turns.js';
import { integers, list, text } from '../calls/values.js';
import { Domain } from '../domain/domain.js';
import { foundStats, statsTypes, type DomainStats } from '../domain/stats.js';
import {
  allStatsFlags,
  statsFlags,
  type AllDomainStatsOptions,
  type DomainStatsOptions,
} from '../domain/stats-options.js';
import type { CallArgument, DomainHandle, FoundStats, LibvirtFunction } from '../native.js';
import { ConnectionDomains } from './connection-domains.js';

/** How to define a domain. */
export interface DefineDomainOptions extends CallOptions {
  /** Checks the definition against libvirt's schema. */
  readonly validate?: boolean;
}

/** How to create a domain that is gone when it ends. */
export interface CreateDomainOptions extends CallOptions {
  /** Starts it with its cpus stopped. */
  readonly paused?: boolean;
  /** Destroys it when the connection that created it ends. */
  readonly autodestroy?: boolean;
  readonly bypassCache?: boolean;
  readonly forceBoot?: boolean;
  /** Checks the definition against libvirt's schema. */
  readonly validate?: boolean;
  /** Resets the variables of its firmware. Needs libvirt 8.1. */
  readonly resetNvram?: boolean;
  /** Open file descriptors that the domain gets, where the hypervisor supports it (LXC). */
  readonly files?: readonly number[];
}

/** libvirt's virDomainDefineFlags. */
const defineFlags: Flags<DefineDomainOptions> = { validate: 1 << 0 };

/** libvirt's virDomainCreateFlags. */
const createFlags: Flags<CreateDomainOptions> = {
  files: null,
  paused: 1 << 0,
  autodestroy: 1 << 1,
  bypassCache: 1 << 2,
  forceBoot: 1 << 3,
  validate: 1 << 4,
  resetNvram: 1 << 5,
};

/** A domain and its statistics. */
export interface DomainWithStats {
  readonly domain: Domain;
  readonly stats: DomainStats;
}

/** How a connection makes domains, and what it knows of all of them. */
export abstract class DefinesDomains extends ConnectionDomains {
  /**
   * Defines a domain that stays, or changes the definition of one with the same name and uuid (virDomainDefineXMLFlags).
   * It doesn't start it.
   * @param xml libvirt's description of the domain.
   */
  async defineDomain(xml: string, options: DefineDomainOptions = {}): Promise<Domain> {
    return this.#make('virDomainDefineXMLFlags', 'defined', [text('xml', xml)], options, defineFlags);
  }

  /**
   * Creates a domain that runs, and that is gone when it ends (virDomainCreateXML; virDomainCreateXMLWithFiles with
   * `files`).
   * @param xml libvirt's description of the domain.
   */
  async createDomain(xml: string, options: CreateDomainOptions = {}): Promise<Domain> {
    const args = [text('xml', xml)];
    const { files } = options;
    if (files === undefined) return this.#make('virDomainCreateXML', 'created', args, options, createFlags);
    const all = [...args, integers('files', files, 0x7fffffff)];
    return this.#make('virDomainCreateXMLWithFiles', 'created', all, options, createFlags);
  }

  /** The statistics of all domains, or of those that the options select (virConnectGetAllDomainStats). */
  async allDomainStats(options: AllDomainStatsOptions = {}): Promise<DomainWithStats[]> {
    const args = [statsTypes(options.groups)];
    const found = await this.call(
      'virConnectGetAllDomainStats',
      'asked for statistics',
      asIs<FoundStats>,
      args,
      options,
      allStatsFlags,
    );
    return this.#withStats(found);
  }

  /**
   * The statistics of some domains, in one call (virDomainListGetStats). A domain that does not exist any more is
   * missing in the answer, and so the answer may be shorter.
   */
  async domainStats(
    domains: readonly Domain[],
    options: DomainStatsOptions = {},
  ): Promise<DomainWithStats[]> {
    const name = 'virDomainListGetStats';
    const bits = checkedFlags(name, options, statsFlags);
    const args = [statsTypes(options.groups), bits];
    const handle = this.#handlesOf(domains);
    const connection = this.shared.state;
    connection.assertOpen();
    // libvirt takes no empty list.
    if (handle.length === 0) return [];
    const target = { connection, handle, title: `the list of ${handle.length} domains` };
    const found = await call(target, name, 'asked for statistics', asIs<FoundStats>, args, options);
    return this.#withStats(found);
  }

  /** Translates a configuration of the hypervisor, such as `'qemu-argv'`, to libvirt's XML (virConnectDomainXMLFromNative). */
  async domainXmlFromNative(format: string, config: string, options: CallOptions = {}): Promise<string> {
    const args = [text('format', format), text('config', config)];
    return this.call(
      'virConnectDomainXMLFromNative',
      'asked to translate',
      asIs<string>,
      args,
      options,
      noFlags,
    );
  }

  /** Translates libvirt's XML to a configuration of the hypervisor, such as `'qemu-argv'` (virConnectDomainXMLToNative). */
  async domainXmlToNative(format: string, xml: string, options: CallOptions = {}): Promise<string> {
    const args = [text('format', format), text('xml', xml)];
    return this.call(
      'virConnectDomainXMLToNative',
      'asked to translate',
      asIs<string>,
      args,
      options,
      noFlags,
    );
  }

  async #withStats(found: FoundStats): Promise<DomainWithStats[]> {
    const all: DomainWithStats[] = [];
    await inTurns(foundStats(found), ({ domain, stats }) => {
      all.push({ domain: this.domainOf(domain), stats });
    });
    return all;
  }

  #handlesOf(domains: readonly Domain[]): DomainHandle[] {
    return list('domains', domains).map((domain, index) => {
      const handle = domain instanceof Domain ? Domain.handleOf(domain, this.shared.state) : undefined;
      if (handle === undefined)
        throw new TypeError(`domains[${index}] must be a Domain of the same connection`);
      return handle;
    });
  }

  #make<Options extends CallOptions>(
    name: LibvirtFunction,
    participle: string,
    args: readonly CallArgument[],
    options: Options,
    flags: Flags<Options>,
  ): Promise<Domain> {
    const make = (found: Found<DomainHandle>) => this.domainOf(found);
    return this.make(name, 'a domain', participle, make, args, options, flags);
  }
}
