import type { FlagField, Fields, NumberOfField } from './fields.js';

/** A version of libvirt. */
export type Version = `${number}.${number}.${number}`;

/** All that this library knows of one kind of event; the comment above a row says what happened. */
export interface EventRow<F extends Fields = Fields> {
  /** libvirt's number for it, counted separately in each family. */
  readonly id: number;
  /** libvirt's type of its callback. */
  readonly callback: string;
  /** The first libvirt that has it. */
  readonly since: Version;
  /** The callback's arguments behind the subject, in their order. */
  readonly fields: F;
}

export type EventRows = Readonly<Record<string, EventRow>>;

/** What the compiler asks of fields: that each word has its number, and that a number or a flag is that of a field. */
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
