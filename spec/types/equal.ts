/** `true` when the two types are the same. */
export type Equal<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
/** Compiles only with `true`. */
export type Assert<T extends true> = T;
