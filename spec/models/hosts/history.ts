import fc from 'fast-check';

/** What happens to the host, or what its program does. */
export type Deed =
  /** An object changes, and there is an event of it unless it is `silent`. */
  | { readonly what: 'set' | 'remove'; readonly key: string; readonly isSilent: boolean }
  /** Events of an object that has not changed. */
  | { readonly what: 'mark'; readonly key: string; readonly times: number }
  | { readonly what: 'lose'; readonly how: Loss; readonly noticedMs: number }
  /** The daemon ends, and can't be reached for some time. */
  | { readonly what: 'stop'; readonly forMs: number }
  /** Another subscriber comes, or the oldest one leaves. The first listener stays until all are hushed. */
  | { readonly what: 'watch' | 'unwatch' | 'listen' | 'unlisten' | 'hush' };

export type Loss = 'end-of-file' | 'keepalive' | 'client';

/** How long one step of the daemon takes, and whether it fails. */
export interface Answer {
  readonly workMs: number;
  readonly replyMs: number;
  readonly fails: boolean;
}

/** Everything that decides what happens in a run. */
export interface History {
  readonly deeds: readonly (Deed & { readonly afterMs: number })[];
  /** What is there at the beginning. */
  readonly keys: readonly string[];
  /** These are used in turn. */
  readonly opens: readonly Answer[];
  readonly registrations: readonly Answer[];
  readonly readings: readonly Answer[];
  readonly eventMs: readonly number[];
  readonly randoms: readonly number[];
  readonly resyncMs: number | undefined;
  /** Whether streams of a connection hear of the loss before the host does. */
  readonly errorsFirst: boolean;
  /** Whether calls that are under way when a connection is lost are still answered, or never end, or fail. */
  readonly callsAtLoss: 'answered' | 'stuck' | 'failed';
}

/** At least this long before it is noticed a silence can have begun. */
export const keepAliveMs = 12;
export const longestEventMs = 6;

const key = fc.constantFrom('a', 'b', 'c');
const ms = (max: number) => fc.integer({ min: 0, max });

const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ what: fc.constant('set' as const), key, isSilent: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('remove' as const), key, isSilent: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({ what: fc.constant('mark' as const), key, times: fc.integer({ min: 1, max: 4 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constant('lose' as const),
      how: fc.constantFrom<Loss>('end-of-file', 'keepalive', 'client'),
      noticedMs: ms(keepAliveMs),
    }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('stop' as const), forMs: ms(60) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constantFrom('watch' as const, 'unwatch', 'listen', 'unlisten', 'hush'),
    }),
  },
);

const answers = (replyMs: number): fc.Arbitrary<Answer[]> =>
  fc.array(
    fc.record({
      workMs: fc.integer({ min: 1, max: 6 }),
      replyMs: ms(replyMs),
      fails: fc.nat(3).map((number) => number === 3),
    }),
    {
      minLength: 1,
      maxLength: 6,
    },
  );

export const histories: fc.Arbitrary<History> = fc.record({
  deeds: fc.array(
    fc.tuple(deed, ms(12)).map(([what, afterMs]) => ({ ...what, afterMs })),
    { maxLength: 25 },
  ),
  keys: fc.subarray(['a', 'b', 'c']),
  opens: answers(4),
  registrations: answers(6),
  readings: answers(20),
  eventMs: fc.array(ms(longestEventMs), { minLength: 1, maxLength: 4 }),
  randoms: fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1, maxLength: 4 }),
  resyncMs: fc.option(fc.integer({ min: 20, max: 60 }), { nil: undefined }),
  errorsFirst: fc.boolean(),
  callsAtLoss: fc.constantFrom('answered', 'stuck', 'failed'),
});
