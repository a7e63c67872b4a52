import { array, int, string, uhyper, uint } from '../codec.js';
import { domainStates, type DomainAction, type ModelDomain } from '../domain-model.js';
import { domain, uuid } from '../messages/objects.js';
import type { RemoteProcedure } from '../protocol.js';
import { procedure, type Procedure } from './procedure.js';

const memoryKiB = 65_536;
const listFlags = { active: 1, inactive: 2 };

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

function isListed({ state }: ModelDomain, flags: number): boolean {
  const wanted = flags & (listFlags.active | listFlags.inactive);
  return wanted === 0 || (wanted & (state === 'shutoff' ? listFlags.inactive : listFlags.active)) !== 0;
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
      const listed = domains.all.filter((each) => isListed(each, flags));
      return { domains: needResults ? listed : [], count: listed.length };
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
  'domain-is-persistent': procedure({ domain }, { isPersistent: int }, () => ({ isPersistent: 1 })),
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
