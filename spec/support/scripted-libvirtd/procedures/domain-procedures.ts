import { array, int, string, struct, uhyper, uint } from '../codec.js';
import { domainStates, type DomainAction, type ModelDomain } from '../domain-model.js';
import { listed, type FlagPair } from '../list-filter.js';
import { domain, uuid } from '../messages/objects.js';
import { typedParameters } from '../messages/typed-parameters.js';
import type { RemoteProcedure } from '../protocol.js';
import { procedure, type Procedure } from './procedure.js';

const memoryKiB = 65_536;
const statsOfState = 1;

/** The flags of virConnectListAllDomains, which filter the statistics of domains too. */
const filters: readonly FlagPair<ModelDomain>[] = [
  { with: 1, without: 2, has: ({ state }) => state !== 'shutoff' },
  { with: 4, without: 8, has: ({ isPersistent }) => isPersistent },
];
const domainStats = struct({ domain, parameters: typedParameters });

function act(action: DomainAction): Procedure {
  return procedure({ domain }, {}, (given, { domains }) => {
    domains.act(action, given.domain.uuid);
    return {};
  });
}

function actWithFlags(action: DomainAction): Procedure {
  return procedure({ domain, flags: uint }, {}, (given, { domains }) => {
    domains.act(action, given.domain.uuid);
    return {};
  });
}

function xml({ name, uuid, id }: ModelDomain): string {
  const running = id === -1 ? '' : ` id='${id}'`;
  return (
    `<domain type='test'${running}><name>${name}</name><uuid>${uuid}</uuid>` +
    `<memory unit='KiB'>${memoryKiB}</memory><vcpu>1</vcpu><os><type>hvm</type></os></domain>\n`
  );
}

export const domainProcedures = {
  'domain-lookup-by-name': procedure({ name: string }, { domain }, ({ name }, { domains }) => ({
    domain: domains.get({ name }),
  })),
  'domain-lookup-by-uuid': procedure({ uuid }, { domain }, ({ uuid }, { domains }) => ({
    domain: domains.get({ uuid }),
  })),
  'domain-lookup-by-id': procedure({ id: int }, { domain }, ({ id }, { domains }) => ({
    domain: domains.get({ id }),
  })),
  'connect-list-all-domains': procedure(
    { needResults: int, flags: uint },
    { domains: array(domain), count: uint },
    ({ needResults, flags }, { domains }) => {
      const found = listed(domains.all, flags, filters);
      return { domains: needResults ? found : [], count: found.length };
    },
  ),
  // Without domains it is about all of them. Of the given ones, those that don't exist are left out.
  'connect-get-all-domain-stats': procedure(
    { domains: array(domain), stats: uint, flags: uint },
    { records: array(domainStats) },
    (given, { domains }) => {
      const wanted = new Set(given.domains.map((each) => each.uuid));
      const all = domains.all.filter((each) => wanted.size === 0 || wanted.has(each.uuid));
      const hasState = given.stats === 0 || (given.stats & statsOfState) !== 0;
      return {
        records: listed(all, given.flags, filters).map((each) => ({
          domain: each,
          parameters: hasState
            ? [
                { field: 'state.state', type: 'int' as const, value: domainStates[each.state] },
                { field: 'state.reason', type: 'int' as const, value: 0 },
              ]
            : [],
        })),
      };
    },
  ),
  'domain-get-state': procedure(
    { domain, flags: uint },
    { state: int, reason: int },
    (given, { domains }) => ({
      state: domainStates[domains.get(given.domain).state],
      reason: 0,
    }),
  ),
  'domain-get-info': procedure(
    { domain },
    { state: uint, maxMemory: uhyper, memory: uhyper, vcpus: uint, cpuTime: uhyper },
    (given, { domains }) => {
      const state = domainStates[domains.get(given.domain).state];
      return { state, maxMemory: memoryKiB, memory: memoryKiB, vcpus: 1, cpuTime: 0 };
    },
  ),
  'domain-get-xml-desc': procedure({ domain, flags: uint }, { xml: string }, (given, { domains }) => ({
    xml: xml(domains.get(given.domain)),
  })),
  'domain-get-os-type': procedure({ domain }, { type: string }, () => ({ type: 'hvm' })),
  'domain-is-active': procedure({ domain }, { isActive: int }, (given, { domains }) => ({
    isActive: Number(domains.get(given.domain).state !== 'shutoff'),
  })),
  'domain-is-persistent': procedure({ domain }, { isPersistent: int }, (given, { domains }) => ({
    isPersistent: Number(domains.get(given.domain).isPersistent),
  })),
  'domain-suspend': act('suspend'),
  'domain-resume': act('resume'),
  'domain-shutdown': act('shutdown'),
  'domain-shutdown-flags': actWithFlags('shutdown'),
  'domain-destroy': act('destroy'),
  'domain-destroy-flags': actWithFlags('destroy'),
  'domain-create': act('create'),
  'domain-create-with-flags': procedure({ domain, flags: uint }, { domain }, (given, { domains }) => ({
    domain: domains.act('create', given.domain.uuid),
  })),
  'domain-undefine': procedure({ domain }, {}, (given, { domains }) => {
    domains.undefine(given.domain.uuid);
    return {};
  }),
  'domain-undefine-flags': procedure({ domain, flags: uint }, {}, (given, { domains }) => {
    domains.undefine(given.domain.uuid);
    return {};
  }),
} as const satisfies Partial<Record<RemoteProcedure, Procedure>>;
