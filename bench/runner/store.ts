// Keeps results/*.jsonl: one file for each workload, one line for each measurement. results/runs.jsonl has the runs
// that the measurements name. git does not keep these files.
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Run } from './machine.js';
import { workloadOf, type Measurement } from './model.js';

const RUNS = 'runs.jsonl';

/** Whether a folder has the measurements of a run that came to its end: a fresh clone has only the summary. */
export function isMeasured(out: string): boolean {
  return existsSync(join(out, 'results', RUNS));
}

export class Store {
  readonly #folder: string;

  constructor(out: string) {
    this.#folder = join(out, 'results');
    mkdirSync(this.#folder, { recursive: true });
  }

  /** Removes the measurements of a row's earlier runs, because ratios may only compare measurements of one run. */
  clear(rows: string[]): void {
    const again = new Set(rows);
    for (const workload of new Set(rows.map(workloadOf))) {
      const file = this.#file(`${workload}.jsonl`);
      const kept = readLines<Measurement>(file).filter(({ row }) => !again.has(row));
      writeFileSync(file, kept.map(toLine).join(''));
    }
  }

  add(measurement: Measurement): void {
    appendFileSync(this.#file(`${workloadOf(measurement.row)}.jsonl`), toLine(measurement));
  }

  /** Keeps only the runs that some measurement still names. */
  addRun(run: Run): void {
    const named = new Set(this.measurements().map((measurement) => measurement.run));
    const runs = [...this.runs(), run].filter(({ at }) => named.has(at));
    writeFileSync(this.#file(RUNS), runs.map(toLine).join(''));
  }

  measurements(): Measurement[] {
    const files = readdirSync(this.#folder).filter((name) => /^W\d+\.jsonl$/.test(name));
    return files.flatMap((name) => readLines<Measurement>(this.#file(name)));
  }

  runs(): Run[] {
    return readLines<Run>(this.#file(RUNS));
  }

  #file(name: string): string {
    return join(this.#folder, name);
  }
}

const toLine = (value: unknown): string => `${JSON.stringify(value)}\n`;

function readLines<T>(file: string): T[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as T);
}
