/** What a parameter or an option takes, from its TypeScript type. */
export type Kind =
  | { readonly is: 'text' | 'number' | 'bigint' | 'boolean' | 'bytes' | 'function' | 'nothing' }
  | { readonly is: 'word'; readonly word: string | number | boolean | null }
  | { readonly is: 'array'; readonly of: Kind }
  | { readonly is: 'object'; readonly fields: ReadonlyMap<string, Kind> }
  | { readonly is: 'any of'; readonly kinds: readonly Kind[] }
  /** An object of a class: values of the specs don't fit it. */
  | { readonly is: 'other'; readonly type: string };

/** Values of all types. Of those that no parameter of C can hold, each type has its own. */
const oddValues: Readonly<Record<string, unknown>> = {
  undefined,
  null: null,
  true: true,
  'a number': 7,
  'a number below 0': -1,
  'half a number': 0.5,
  'no number': NaN,
  'an endless number': Infinity,
  'a number beyond 64 bits': 2 ** 70,
  'a bigint': 7n,
  'a bigint beyond 64 bits': 2n ** 70n,
  'a word': 'nonsense',
  'an inherited word': '__proto__',
  'a text with a null character': 'a\0b',
  'an array': [Symbol('each')],
  'an object': { misspelt: true },
  'an object with a wrong prototype': Object.create({ misspelt: true }) as object,
  'a function': () => 7,
  'a symbol': Symbol('odd'),
};

/** Whether libvirt could be given this value. */
export function fits(kind: Kind, value: unknown): boolean {
  switch (kind.is) {
    case 'text':
      return typeof value === 'string' && !value.includes('\0');
    case 'number':
      return Number.isSafeInteger(value) && Number(value) >= 0;
    case 'bigint':
      return typeof value === 'bigint' && value < 2n ** 64n;
    case 'boolean':
      return typeof value === 'boolean';
    case 'bytes':
      return value instanceof Uint8Array;
    case 'function':
      return typeof value === 'function';
    case 'nothing':
      return value === undefined;
    case 'word':
      return value === kind.word;
    case 'array':
      return Array.isArray(value) && value.every((each) => fits(kind.of, each));
    case 'any of':
      return kind.kinds.some((each) => fits(each, value));
    case 'object':
    case 'other':
      return false;
  }
}

/** A value that fits. Plain objects have only the fields that they need. `objects` are of classes, by their names. */
export function fitting(kind: Kind, objects: Objects): unknown {
  switch (kind.is) {
    case 'text':
      return 'x';
    case 'number':
      return 1;
    case 'bigint':
      return 1n;
    case 'boolean':
      return true;
    case 'bytes':
      return Buffer.alloc(1);
    case 'function':
      return () => undefined;
    case 'nothing':
      return undefined;
    case 'word':
      return kind.word;
    case 'array':
      return [fitting(kind.of, objects)];
    case 'any of':
      return fits(kind, undefined) ? undefined : fitting(kind.kinds[0] ?? { is: 'nothing' }, objects);
    case 'object':
      return Object.fromEntries(
        [...kind.fields]
          .filter(([, each]) => !fits(each, undefined))
          .map(([name, each]) => [name, fitting(each, objects)]),
      );
    case 'other':
      if (objects[kind.type] === undefined) throw new Error(`no value fits ${kind.type}`);
      return objects[kind.type];
  }
}

export type Objects = Readonly<Record<string, unknown>>;

type ObjectKind = Extract<Kind, { is: 'object' }>;

/** All sorts of values that fit: each alternative, and objects with one field more than they need. */
export function* fittings(kind: Kind, objects: Objects): Generator {
  switch (kind.is) {
    case 'any of':
      for (const each of kind.kinds) yield* fittings(each, objects);
      return;
    case 'array':
      for (const each of fittings(kind.of, objects)) yield [each];
      return;
    case 'object': {
      const needed = fitting(kind, objects) as object;
      for (const [name, field] of kind.fields)
        for (const each of fittings(field, objects)) yield { ...needed, [name]: each };
      return;
    }
    default:
      yield fitting(kind, objects);
  }
}

/** Values that don't fit, and what each is: odd ones in place of the value, and in place of each of its fields. */
export function* unfitting(
  name: string,
  kind: Kind,
  objects: Objects,
): Generator<readonly [what: string, value: unknown]> {
  for (const [what, value] of Object.entries(oddValues))
    if (!fits(kind, value)) yield [`${what} for ${name}`, value];
  for (const each of alternatives(kind)) {
    if (each.is === 'array') {
      yield [`an array with a hole for ${name}`, new Array(2).fill(fitting(each.of, objects), 1)];
      for (const [what, value] of unfitting(`each of ${name}`, each.of, objects)) yield [what, [value]];
    }
    if (each.is === 'object') yield* unfittingFields(each, objects);
  }
}

/** The kinds that a kind is any of, and those that these are any of. */
const alternatives = (kind: Kind): readonly Kind[] =>
  kind.is === 'any of' ? kind.kinds.flatMap(alternatives) : [kind];

function* unfittingFields(kind: ObjectKind, objects: Objects): ReturnType<typeof unfitting> {
  const needed = fitting(kind, objects) as object;
  for (const [name, each] of kind.fields)
    for (const [what, value] of unfitting(name, each, objects)) yield [what, { ...needed, [name]: value }];
}
