import { native } from '../native.js';

const active = new Set<string>();

/**
 * Notes whether a watch or timeout of `event.addHandle` or `event.addTimeout` can call back. As long as one can, the
 * native loop keeps the process alive for it. A loop in JavaScript does so by itself.
 */
export function noteActive(kind: 'watch' | 'timer', id: number, isActive: boolean): void {
  const key = `${kind} ${id}`;
  if (isActive) active.add(key);
  else active.delete(key);
  native().keepAliveForSources(active.size > 0);
}
