import fc from 'fast-check';

/** How many runs each property gets here, or as many times as that as RXVIRT_MODEL_RUNS says. */
export function runs(usual: number): number {
  const factor = Number(process.env['RXVIRT_MODEL_RUNS'] ?? 1);
  if (!(factor > 0)) throw new RangeError('RXVIRT_MODEL_RUNS must be a number above 0');
  return Math.ceil(usual * factor);
}

/**
 * Where the runs begin. Without RXVIRT_MODEL_SEED each process has other runs. A failure names its seed and its path;
 * with RXVIRT_MODEL_SEED and RXVIRT_MODEL_PATH the same one comes again.
 */
function start(): fc.Parameters<unknown> {
  const { RXVIRT_MODEL_SEED: seed, RXVIRT_MODEL_PATH: path } = process.env;
  return { ...(seed !== undefined && { seed: Number(seed) }), ...(path !== undefined && { path }) };
}

/** What a run found that must not be. Empty when all is well. */
export type Faults = readonly string[];

/** Throws, with the smallest case that was found, when `run` reports a fault for one of the random cases. */
export function assertNoFaults<Case>(
  usual: number,
  cases: fc.Arbitrary<Case>,
  run: (each: Case) => Faults,
): void {
  const property = fc.property(cases, (each) => {
    throwFaults(run(each));
  });
  fc.assert(property, { numRuns: runs(usual), ...start() });
}

/** As {@link assertNoFaults}, for runs that take real time. */
export async function assertNoFaultsLater<Case>(
  usual: number,
  cases: fc.Arbitrary<Case>,
  run: (each: Case) => Promise<Faults>,
): Promise<void> {
  const property = fc.asyncProperty(cases, async (each) => {
    throwFaults(await run(each));
  });
  await fc.assert(property, { numRuns: runs(usual), ...start() });
}

function throwFaults(faults: Faults): void {
  if (faults.length > 0) throw new Error(faults.slice(0, 5).join('\n'));
}
