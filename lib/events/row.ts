import type { FlagField, Fields, NumberOfField } from './fields.js';

/** A version of libvirt. */
export type Version = `${number}.${number}.${number}`;

/** All that this library knows about one kind of event. The comment above a row says what happened. */
export interface EventRow<F extends Fields = Fields> {
  /** libvirt's number for this kind, counted separately in each family. */
  readonly id: number;
  /** libvirt's name of the callback's type. */
  readonly callback: string;
  /** The first version of libvirt that has this kind. */
  readonly since: Version;
  /** The callback's arguments in their order, without the first: the object that the event is about. */
  readonly fields: F;
}

export type EventRows = Readonly<Record<string, EventRow>>;

/**
 * What the compiler checks of a row's fields: each word has a field for its number, and each number and each flag
 * belongs to a field of the row.
 */
type Complete<F> = {
  readonly [
    K in keyof F as F[K] extends { readonly kind: 'words' | 'details' } ? `${K & string}Number` : never
  ]: NumberOfField<K & string>;
} & { readonly [K in keyof F]: Named<F, K> };

type Named<F, K extends keyof F> =
  F[K] extends NumberOfField<infer Word>
    ? K extends (Word extends keyof F ? `${Word}Number` : never)
      ? F[K]
      : never
    : F[K] extends FlagField<infer Of>
      ? Of extends keyof F
        ? F[K]
        : never
      : F[K];

/** A row of the event table. */
export function event<F extends Fields>(
  id: number,
  callback: `virConnect${string}Callback`,
  since: Version,
  fields: F & Complete<F>,
): EventRow<F> {
  return { id, callback, since, fields };
}
