import fc from 'fast-check';

/** A change of a source; `source` is an index into all sources so far, counted around. */
export interface Change {
  readonly source: number;
  readonly removes: boolean;
  /** The index of a mask or of a frequency. */
  readonly setting: number;
}

/** What a run does with libvirt's public functions, from the JavaScript thread and from others. */
export type NativeCommand =
  | {
      readonly what: 'add';
      /** The index of a file; a timeout when it is too high. */
      readonly file: number;
      readonly setting: number;
      readonly onThread: boolean;
    }
  | (Change & { readonly what: 'change'; readonly onThread: boolean })
  /** The next time the source is called back, or when it is freed, it changes another one. */
  | {
      readonly what: 'plan';
      readonly source: number;
      readonly onFree: boolean;
      readonly change: Change;
      readonly onThread: boolean;
    }
  | { readonly what: 'together'; readonly threads: readonly (readonly Change[])[] }
  | { readonly what: 'turns'; readonly count: number };

export const nativeMasks = [0, 1, 2, 3, 9, 8] as const;
/** The longest is longer than any run takes. */
export const longestMs = 1_000_000;
export const nativeFrequencies = [-1, 0, 1, 2, longestMs] as const;

const index = fc.nat(20);
const onThread = fc.boolean();
const change = fc.record({ source: index, removes: fc.nat(3).map((number) => number === 0), setting: index });

export const nativeCommands: fc.Arbitrary<NativeCommand[]> = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({ what: fc.constant('add' as const), file: fc.nat(9), setting: index, onThread }),
    },
    {
      weight: 4,
      arbitrary: fc
        .tuple(change, onThread)
        .map(([each, on]) => ({ ...each, what: 'change' as const, onThread: on })),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        what: fc.constant('plan' as const),
        source: index,
        onFree: fc.boolean(),
        change,
        onThread,
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        what: fc.constant('together' as const),
        threads: fc.array(fc.array(change, { minLength: 1, maxLength: 12 }), { minLength: 2, maxLength: 3 }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ what: fc.constant('turns' as const), count: fc.integer({ min: 1, max: 3 }) }),
    },
  ),
  { maxLength: 20 },
);
