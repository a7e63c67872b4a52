/** Keeps the thread busy, as a slow subscriber does. */
export function workFor(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}
