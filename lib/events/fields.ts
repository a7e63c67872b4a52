/**
 * What the arguments of libvirt's callbacks become in an event. A row of the event table makes its fields with these
 * functions, in the order of the callback's arguments. The first argument, the object that the event is about, is not
 * among them. `note` is the text about a field in docs/events.md, such as its unit.
 */
import type { GraphicsAddress, GraphicsIdentity } from './graphics-types.js';
import type { TypedParameters } from './typed-parameter-types.js';

/** An integer of any width. */
export interface NumberField {
  readonly kind: 'number';
  readonly note: string | undefined;
}

/** A text, null where libvirt has NULL. */
export interface TextField {
  readonly kind: 'text';
  readonly note: string | undefined;
}

/** A text that libvirt always gives. */
export interface TextNotNullField {
  readonly kind: 'text not null';
  readonly note: string | undefined;
}

/** The word for the value of an enumeration. The field with the same name and `Number` at its end has the number. */
export interface WordsField<Word extends string | null = string | null> {
  readonly kind: 'words';
  /** libvirt's name of the enumeration. */
  readonly enumeration: string;
  /** virsh's words in the order of their numbers. Null is for a number by which libvirt itself says “unknown”. */
  readonly words: readonly Word[];
  /** libvirt's name of the argument, if the field can't have the same name. */
  readonly argument: string | undefined;
}

/**
 * The word for a value whose enumeration depends on another field. `of` names that field. `words` has, for each word of
 * that field, an enumeration of its own.
 */
export interface DetailsField<Words extends DetailWords = DetailWords> {
  readonly kind: 'details';
  readonly of: string;
  readonly words: Words;
}

/** For each word of the other field: libvirt's name of the enumeration, and its words. */
export type DetailWords = Readonly<
  Record<string, { readonly enumeration: string; readonly words: readonly string[] }>
>;

/** The number of a word. It is read together with the word, not from another argument. */
export interface NumberOfField<Key extends string = string> {
  readonly kind: 'number of';
  readonly word: Key;
}

/** Whether the number in the field `of` has a bit. No argument is read for it. */
export interface FlagField<Key extends string = string> {
  readonly kind: 'flag';
  readonly of: Key;
  readonly bit: number;
}

/** Typed parameters. The callback has two arguments for them: the list and its length. */
export interface ParametersField {
  readonly kind: 'parameters';
  readonly note: string | undefined;
}

/** One end of a graphics connection. */
export interface AddressField {
  readonly kind: 'address';
}

/** Who a graphics client is. */
export interface IdentitiesField {
  readonly kind: 'identities';
}

export type Field =
  | NumberField
  | TextField
  | TextNotNullField
  | WordsField
  | DetailsField
  | NumberOfField
  | FlagField
  | ParametersField
  | AddressField
  | IdentitiesField;

/** The fields of an event by their names, in the order of the callback's arguments. */
export type Fields = Readonly<Record<string, Field>>;

/** The word of an enumeration's value. */
export type WordOf<F extends WordsField> = F['words'][number] | 'unknown';

/** What a field holds. */
export type ValueOf<F> = F extends { readonly kind: 'number' | 'number of' }
  ? number
  : F extends { readonly kind: 'text' }
    ? string | null
    : F extends { readonly kind: 'text not null' }
      ? string
      : F extends WordsField
        ? WordOf<F>
        : F extends FlagField
          ? boolean
          : F extends ParametersField
            ? TypedParameters
            : F extends AddressField
              ? GraphicsAddress | null
              : F extends IdentitiesField
                ? readonly GraphicsIdentity[]
                : never;

/** What several fields hold. Each keeps the comment that it has in its row. */
export type ValuesOf<F> = { readonly [K in keyof F]: ValueOf<F[K]> };

export const number = (note?: string): NumberField => ({ kind: 'number', note });
export const text = (note?: string): TextField => ({ kind: 'text', note });
export const textNotNull = (note?: string): TextNotNullField => ({ kind: 'text not null', note });

export const words = <const Word extends string | null>(
  enumeration: string,
  words: readonly Word[],
  argument?: string,
): WordsField<Word> => ({ kind: 'words', enumeration, words, argument });

export const details = <const Words extends DetailWords>(of: string, words: Words): DetailsField<Words> => ({
  kind: 'details',
  of,
  words,
});

export const numberOf = <const Key extends string>(word: Key): NumberOfField<Key> => ({
  kind: 'number of',
  word,
});

export const flag = <const Key extends string>(of: Key, bit: number): FlagField<Key> => ({
  kind: 'flag',
  of,
  bit,
});

export const parameters = (note: string): ParametersField => ({ kind: 'parameters', note });
export const address = (): AddressField => ({ kind: 'address' });
export const identities = (): IdentitiesField => ({ kind: 'identities' });
