// What runs where libvirt has the native loop.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { filesUnder } from './setup/fingerprint.mjs';
import { root } from './setup/run.mjs';

const folders = ['connection', 'events', 'hosts', 'integration', 'operators'];

/** These choose a loop by themselves, or measure how the loop of JavaScript's thread reads. */
const ofOtherLoops = [
  'connection/early-loss-spec.ts',
  'connection/lost-at-once-spec.ts',
  'connection/own-sources-spec.ts',
  'events/backlog-spec.ts',
  'events/busy-worker-spec.ts',
  'events/flood-spec.ts',
  'hosts/faults/unseen-end-spec.ts',
  'integration/default-loop-spec.ts',
  'integration/event-functions-spec.ts',
  'integration/lifecycle-stream-spec.ts',
].map((path) => `spec/${path}`);

/** The specs of streams, calls and hosts. */
export function nativeLoopSpecs() {
  const all = folders.flatMap((folder) => filesUnder(`spec/${folder}`, /-spec\.ts$/));
  return all.filter((path) => !ofOtherLoops.includes(path));
}

/** Makes each Node process register the native loop first. */
export function nativeLoopEnv() {
  const loop = pathToFileURL(join(root, 'dist/spec/support/loop/native-loop.js')).href;
  return { ...process.env, NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --import=${loop}` };
}
