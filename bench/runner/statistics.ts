// Computes the medians and the spread of the measurements.
import type { FigureName, Measurement, PeerName } from './model.js';

export interface Summary {
  median: number;
  min: number;
  max: number;
  count: number;
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? NaN;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? NaN) + upper) / 2 : upper;
}

export class Results {
  readonly #all: Measurement[];

  constructor(all: Measurement[]) {
    this.#all = all;
  }

  of(row: string, peer: PeerName): Measurement[] {
    return this.#all.filter((one) => one.row === row && one.peer === peer);
  }

  errors(row: string, peer: PeerName): string[] {
    return this.of(row, peer).flatMap(({ error }) => error ?? []);
  }

  summary(row: string, peer: PeerName, figure: FigureName): Summary | undefined {
    const values = this.of(row, peer).flatMap(({ figures }) => figures[figure] ?? []);
    if (values.length === 0) return undefined;
    return {
      median: median(values),
      min: Math.min(...values),
      max: Math.max(...values),
      count: values.length,
    };
  }

  median(row: string, peer: PeerName, figure: FigureName): number | undefined {
    return this.summary(row, peer, figure)?.median;
  }

  /** A peer's median divided by that of `base`; undefined when one of the two is missing, or that of `base` is 0. */
  ratio(row: string, peer: PeerName, base: PeerName, figure: FigureName): number | undefined {
    const mine = this.median(row, peer, figure);
    const other = this.median(row, base, figure);
    return mine === undefined || !other ? undefined : mine / other;
  }
}
