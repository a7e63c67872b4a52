import { expect } from 'chai';
import { appendFileSync } from 'node:fs';
import type { LibvirtFunction } from '../../../lib/native.js';
import { LibvirtError } from '../../../lib/index.js';
import { isAtLeast } from '../installed/installed-libvirt.js';
import { askPython, pythonUnavailableReason, type PythonAnswer } from './python.js';

/** A call that is made with rxvirt and with libvirt's Python binding. */
export interface Comparison<Target> {
  readonly call: LibvirtFunction;
  /** An expression for Python, with the same answer in the same shape; see answers.py. */
  readonly python: string;
  readonly rxvirt: (target: Target) => Promise<unknown>;
  /** The paths of numbers that can be others a moment later, such as `0.cpuTimeNs`. */
  readonly moving?: RegExp;
  /** The first libvirt that has the function, where it is newer than 9.0. */
  readonly since?: readonly [major: number, minor: number];
}

/** A comparison, and what it is made on. */
export type Bound = Omit<Comparison<never>, 'rxvirt'> & { readonly rxvirt: () => Promise<unknown> };

/** The target is there only when the specs run. */
export function bound<Target>(comparisons: readonly Comparison<Target>[], target: () => Target): Bound[] {
  return comparisons.map((each) => ({ ...each, rxvirt: () => each.rxvirt(target()) }));
}

/**
 * Called in a `describe`: if Python can't be asked, leaves its specs pending, and prints a clear warning. The test driver
 * of a libvirt before 9.0 lacks too much of what is prepared.
 */
export function requirePython(): void {
  before(function () {
    const reason = isAtLeast(9) ? pythonUnavailableReason() : 'libvirt is older than 9.0';
    if (reason === undefined) return;
    console.error(`\n*** NOT TESTED beside Python: ${reason} ***\n`);
    this.skip();
  });
}

/**
 * Called in a `describe`: both have to answer the same, or to be refused with the same error.
 * @param refused The functions that libvirt 9.0 refuses on the host of these specs. All others have to answer.
 * @param host The URI, and a program that prepares for Python what is there for rxvirt.
 */
export function itShouldAgree(
  comparisons: readonly Bound[],
  refused: readonly LibvirtFunction[],
  host: () => { readonly uri: string; readonly setup: string },
): void {
  let answers: readonly PythonAnswer[] = [];
  before(async () => {
    const { uri, setup } = host();
    answers = await askPython(
      uri,
      setup,
      comparisons.map(({ python }) => python),
    );
  });
  comparisons.forEach(({ call, python, rxvirt, moving, since = [9, 0] }, index) => {
    it(`should answer as Python does: ${call}, ${shortened(python)}`, async function () {
      if (!isAtLeast(...since)) this.skip();
      const theirs = answers[index];
      const ours = await answerOf(rxvirt);
      expect(still(ours, moving)).to.deep.equal(still(theirs, moving));
      if ('value' in ours) record(call);
      else expect(refused, `error ${ours.error}`).to.include(call);
    });
  });
}

function shortened(expression: string): string {
  const line = expression.replace(/\s+/g, ' ');
  return line.length <= 80 ? line : `${line.slice(0, 79)}…`;
}

async function answerOf(
  ask: () => Promise<unknown>,
): Promise<{ readonly value: unknown } | { readonly error: number }> {
  try {
    return { value: plain(await ask()) };
  } catch (error) {
    if (error instanceof LibvirtError) return { error: error.codeNumber };
    throw error;
  }
}

/** As answers.py makes it: integers become texts, and true is 1. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint' || Number.isInteger(value)) return String(value);
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString('hex')}`;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value ?? null;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]));
}

const times = /<creationTime>\d+<\/creationTime>/g;

/** Without what moves. It has to be an integer. */
function still(answer: unknown, moving: RegExp | undefined, path: readonly string[] = []): unknown {
  if (typeof answer === 'string') {
    // The first part of the path is "value".
    if (moving?.test(path.slice(1).join('.')) === true && /^-?\d+$/.test(answer)) return 'an integer';
    return answer.replace(times, '<creationTime/>');
  }
  if (Array.isArray(answer))
    return answer.map((each, index) => still(each, moving, [...path, String(index)]));
  if (typeof answer !== 'object' || answer === null) return answer;
  return Object.fromEntries(
    Object.entries(answer).map(([name, each]) => [name, still(each, moving, [...path, name])]),
  );
}

/** For docs/coverage.md; see record-calls.ts. */
function record(call: string): void {
  const file = process.env['RXVIRT_CALLS_FILE'];
  if (file !== undefined) appendFileSync(file, `${call} compared\n`);
}
