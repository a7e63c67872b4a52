/**
 * The value of a typed parameter. libvirt's 64-bit integers are exact up to 2^53 and the nearest double above
 * it. Null stands for what JSON has no word for (a number that is not finite), for a string that is NULL, and
 * for a type that is newer than this library.
 */
export type TypedParameterValue = number | boolean | string | null;

/** libvirt's typed parameters by their names, for example `'cputune.cpu_shares'`. */
export type TypedParameters = Readonly<Record<string, TypedParameterValue>>;
