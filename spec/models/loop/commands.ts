import fc from 'fast-check';

/** What somebody asks of the loop. `source` is an index into all sources so far, counted around. */
export type Request =
  | { readonly what: 'watch'; readonly fd: number; readonly setting: number; readonly plan: Plan }
  | { readonly what: 'timeout'; readonly setting: number; readonly plan: Plan }
  /** `setting` is the index of a mask or of a frequency. */
  | { readonly what: 'update'; readonly source: number; readonly setting: number }
  | { readonly what: 'remove'; readonly source: number };

/** What a source does: something in each of its first callbacks, and something when it is freed. */
export interface Plan {
  readonly callbacks: readonly (Request | undefined)[];
  readonly free: Request | undefined;
}

/** What happens to the loop. */
export type Command =
  | Request
  | { readonly what: 'unknown'; readonly id: number }
  | { readonly what: 'ready'; readonly fd: number; readonly bits: number }
  | { readonly what: 'turn' }
  | { readonly what: 'pass'; readonly ms: number };

export const masks = [0, 1, 2, 3, 4, 8, 9] as const;
export const frequencies = [-1, 0, 1, 2, 3, 7] as const;

/** The sources of this file descriptor emit as soon as they are subscribed to. */
export const eagerFd = 2;
/** Nobody can watch this file descriptor. */
export const refusedFd = 3;

const source = fc.nat(20);
const setting = fc.nat(20);
const plain: fc.Arbitrary<Request>[] = [
  fc.record({ what: fc.constant('update' as const), source, setting }),
  fc.record({ what: fc.constant('remove' as const), source }),
];
const plans = (requests: fc.Arbitrary<Request>): fc.Arbitrary<Plan> =>
  fc.record({
    callbacks: fc.array(fc.option(requests, { nil: undefined }), { maxLength: 3 }),
    free: fc.option(requests, { nil: undefined }),
  });
const adds = (plan: fc.Arbitrary<Plan>): fc.Arbitrary<Request>[] => [
  fc.record({ what: fc.constant('watch' as const), fd: fc.nat(refusedFd), setting, plan }),
  fc.record({ what: fc.constant('timeout' as const), setting, plan }),
];
const nothing = fc.constant<Plan>({ callbacks: [], free: undefined });
const request = fc.oneof(...adds(plans(fc.oneof(...plain, ...adds(nothing)))), ...plain);

export const commands: fc.Arbitrary<Command[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: request },
    {
      weight: 1,
      arbitrary: fc.record({ what: fc.constant('unknown' as const), id: fc.integer({ min: -1, max: 60 }) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        what: fc.constant('ready' as const),
        fd: fc.nat(eagerFd),
        bits: fc.integer({ min: 1, max: 15 }),
      }),
    },
    { weight: 2, arbitrary: fc.constant({ what: 'turn' as const }) },
    { weight: 3, arbitrary: fc.record({ what: fc.constant('pass' as const), ms: fc.nat(9) }) },
  ),
  { maxLength: 30 },
);
