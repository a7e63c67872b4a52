import { mergeMap, Observable, ReplaySubject, Subject } from 'rxjs';
import type { Host } from './host.js';

/** A host of a fleet. */
export interface Member {
  readonly host: Host;
  /** Emits when the host is removed from the fleet, and completes then, or when the fleet is closed. */
  readonly removed: Observable<void>;
}

interface OwnMember extends Member {
  readonly removed: ReplaySubject<void>;
}

/** The hosts of a fleet, and what their streams have to know of their coming and going. */
export class FleetMembers {
  readonly #members = new Map<string, OwnMember>();
  readonly #added = new Subject<Member>();
  #isEnded = false;

  /** The present hosts by name, as a map of its own. */
  get hosts(): ReadonlyMap<string, Host> {
    return new Map([...this.#members].map(([name, { host }]) => [name, host]));
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  has(name: string): boolean {
    return this.#members.has(name);
  }

  add(host: Host): void {
    const member = { host, removed: new ReplaySubject<void>(1) };
    this.#members.set(host.name, member);
    this.#added.next(member);
  }

  /** Returns the host that was removed. */
  remove(name: string): Host | undefined {
    const member = this.#members.get(name);
    if (member === undefined) return undefined;
    this.#members.delete(name);
    member.removed.next();
    member.removed.complete();
    return member.host;
  }

  /** There will be no other member. The present ones stay, and are not told to be removed. */
  end(): void {
    this.#isEnded = true;
    this.#added.complete();
    for (const { removed } of this.#members.values()) removed.complete();
  }

  /**
   * Merges a stream of each host: of those that are there, and of each one that is added later. One item costs
   * the same with any number of hosts. Completes when the fleet is closed and all these streams have completed.
   */
  merge<T>(streamOf: (member: Member) => Observable<T>): Observable<T> {
    return this.#eachMember.pipe(mergeMap(streamOf));
  }

  readonly #eachMember = new Observable<Member>((subscriber) => {
    const present = [...this.#members.values()];
    // First: a subscriber may add hosts while it is told of the present ones.
    subscriber.add(this.#added.subscribe((member) => subscriber.next(member)));
    for (const member of present) if (this.#members.get(member.host.name) === member) subscriber.next(member);
    subscriber.add(this.#added.subscribe({ complete: () => subscriber.complete() }));
  });
}
