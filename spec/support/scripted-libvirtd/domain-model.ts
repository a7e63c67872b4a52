import { libvirtErrors, LibvirtFailure } from './messages/error.js';
import { uuidText, type DomainFields, type Uuid } from './messages/objects.js';

export const domainStates = { running: 1, paused: 3, shutoff: 5 } as const;
export type DomainState = keyof typeof domainStates;

export interface ModelDomain {
  readonly name: string;
  readonly uuid: string;
  readonly id: number;
  readonly state: DomainState;
  /** Whether it stays when it stops. */
  readonly isPersistent: boolean;
}

// The state that each action needs, the state that it leads to, and the lifecycle event and detail that a daemon sends.
const actions = {
  suspend: { from: ['running'], to: 'paused', event: 3, detail: 0 },
  resume: { from: ['paused'], to: 'running', event: 4, detail: 0 },
  create: { from: ['shutoff'], to: 'running', event: 2, detail: 0 },
  shutdown: { from: ['running'], to: 'shutoff', event: 5, detail: 0 },
  destroy: { from: ['running', 'paused'], to: 'shutoff', event: 5, detail: 1 },
} as const satisfies Record<string, { from: DomainState[]; to: DomainState; event: number; detail: number }>;

export type DomainAction = keyof typeof actions;
export type LifecycleSink = (domain: DomainFields, event: number, detail: number) => void;

const undefinedEvent = { event: 1, detail: 0 };

/** A few domains in memory. Each change of state goes to `emit`, as a daemon's lifecycle event would. */
export class DomainModel {
  readonly #domains = new Map<string, ModelDomain>();
  #lastId = 0;

  constructor(private readonly emit: LifecycleSink) {
    this.add('alpha', 'a1fa0000-0000-4000-8000-000000000001', 'running');
    this.add('beta', 'be7a0000-0000-4000-8000-000000000002', 'running');
    this.add('gamma', '9a33a000-0000-4000-8000-000000000003', 'shutoff');
  }

  get all(): readonly ModelDomain[] {
    return [...this.#domains.values()];
  }

  add(name: string, uuid: Uuid, state: DomainState = 'shutoff', isPersistent = true): ModelDomain {
    const id = state === 'shutoff' ? -1 : this.#nextId();
    return this.#put({ name, uuid: uuidText(uuid), id, state, isPersistent });
  }

  /** @throws LibvirtFailure, no such domain. */
  get(wanted: { name: string } | { uuid: Uuid } | { id: number }): ModelDomain {
    const found = this.all.find((domain) => {
      if ('uuid' in wanted) return domain.uuid === uuidText(wanted.uuid);
      return 'name' in wanted ? domain.name === wanted.name : domain.id === wanted.id;
    });
    if (found === undefined) throw new LibvirtFailure(libvirtErrors.noDomain(JSON.stringify(wanted)));
    return found;
  }

  /** @throws LibvirtFailure when there is no such domain, or when its state doesn't allow the action. */
  act(action: DomainAction, uuid: Uuid): ModelDomain {
    const before = this.get({ uuid });
    const { from, to, event, detail } = actions[action];
    if (!(from as readonly DomainState[]).includes(before.state)) {
      throw new LibvirtFailure(libvirtErrors.operationInvalid(`domain '${before.name}' is ${before.state}`));
    }
    const id = to === 'shutoff' ? -1 : before.state === 'shutoff' ? this.#nextId() : before.id;
    const after = this.#put({ ...before, id, state: to });
    if (to === 'shutoff' && !before.isPersistent) this.#domains.delete(before.uuid);
    this.emit(after, event, detail);
    return after;
  }

  undefine(uuid: Uuid): void {
    const domain = this.get({ uuid });
    this.#domains.delete(domain.uuid);
    this.emit(domain, undefinedEvent.event, undefinedEvent.detail);
  }

  #put(domain: ModelDomain): ModelDomain {
    this.#domains.set(domain.uuid, domain);
    return domain;
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }
}
