export interface Deferred<T> {
  promise: Promise<T>;
  resolve: (value: T) => void;
}

/** Does the same as Promise.withResolvers, which Node.js 20 lacks. */
export function deferred<T>(): Deferred<T> {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
