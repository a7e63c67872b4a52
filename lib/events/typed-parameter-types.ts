/**
 * The value of a typed parameter. libvirt's 64-bit integers are exact up to 2^53; a larger one is the nearest double.
 * Null stands for a number that is not finite (JSON has no word for it), for a string that is NULL, and for a value
 * whose type is newer than this library.
 */
export type TypedParameterValue = number | boolean | string | null;

/** libvirt's typed parameters by their names, for example `'cputune.cpu_shares'`. */
export type TypedParameters = Readonly<Record<string, TypedParameterValue>>;
