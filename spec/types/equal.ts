/** Whether each type can stand for the other. */
export type Equal<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
/** Compiles for true alone. */
export type Assert<T extends true> = T;
