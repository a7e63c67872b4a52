/** Throws `TypeError` unless `value` is a number, `RangeError` unless it is an integer in the range. */
export function checkInteger(name: string, value: unknown, min: number, max: number): void {
  if (typeof value !== 'number') throw new TypeError(`${name} must be a number, got ${describe(value)}`);
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new RangeError(`${name} must be an integer from ${min} to ${max}, got ${value}`);
  }
}

/** Throws `TypeError` unless `value` is a string that C can take. */
export function checkText(name: string, value: unknown): void {
  if (typeof value !== 'string') throw new TypeError(`${name} must be a string, got ${describe(value)}`);
  if (value.includes('\0')) throw new TypeError(`${name} must not contain a null character`);
  if (/\p{Surrogate}/u.test(value)) throw new TypeError(`${name} must not contain half of a character`);
}

/** Throws `TypeError` unless `value` is true or false. */
export function checkBoolean(name: string, value: unknown): void {
  if (typeof value !== 'boolean') throw new TypeError(`${name} must be a boolean, got ${describe(value)}`);
}

/** Throws `TypeError` unless `value` is a function. */
export function checkFunction(name: string, value: unknown): void {
  if (typeof value !== 'function') throw new TypeError(`${name} must be a function, got ${describe(value)}`);
}

/**
 * Throws `TypeError` unless `value` is a number of milliseconds, `RangeError` unless timers can count it.
 */
export function checkMilliseconds(name: string, value: unknown): void {
  if (typeof value !== 'number')
    throw new TypeError(`${name} must be a number of milliseconds, got ${describe(value)}`);
  if (!(value >= 0 && value <= maxTimerMs))
    throw new RangeError(`${name} must be from 0 to ${maxTimerMs} milliseconds, got ${value}`);
}

/** Throws `TypeError` unless `value` is an object with these methods. The message calls it a `type`. */
export function checkMethods(name: string, value: unknown, type: string, methods: readonly string[]): void {
  const object = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  if (methods.every((method) => typeof object[method] === 'function')) return;
  throw new TypeError(`${name} must be ${type}, got ${describe(value)}`);
}

/** Throws `TypeError` unless `value` is an AbortSignal, from any realm. */
export function checkSignal(name: string, value: unknown): void {
  checkMethods(name, value, 'an AbortSignal', ['addEventListener', 'removeEventListener', 'throwIfAborted']);
}

/** Throws `TypeError` unless `value` is an RxJS scheduler. */
export function checkScheduler(name: string, value: unknown): void {
  checkMethods(name, value, 'a scheduler', ['schedule', 'now']);
}

/** Throws `TypeError` for `true`, where something is on by default, and takes its settings or `false`. */
export function checkSettings(name: string, value: unknown): void {
  if (value === true)
    throw new TypeError(`${name} must be an object or false; leave it out for the defaults`);
}

/**
 * Throws `TypeError` unless `options` is an object that has only known keys. Otherwise a misspelt option
 * would be ignored silently.
 * @param owner Whose options they are, for messages.
 * @param known The names of the options.
 * @param hints What to say about unknown keys that users are likely to try.
 */
export function checkKeys(
  owner: string,
  options: unknown,
  known: readonly string[],
  hints: Readonly<Record<string, string>> = {},
): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw new TypeError(`the options of ${owner} must be an object, got ${describe(options)}`);
  // Inherited keys count too, because options may be made from defaults.
  for (const key in options) {
    if (known.includes(key)) continue;
    const hint = suggestion(key, known) ?? (Object.hasOwn(hints, key) ? hints[key] : undefined);
    throw new TypeError(
      `${owner} has no option '${key}'; ${hint === undefined ? '' : `${hint} `}it takes ${known.join(', ')}`,
    );
  }
}

/** The values of these options, own or inherited, each read once. */
export function copyOf<Options extends object>(
  options: Options,
  names: readonly (string & keyof Options)[],
): Options {
  const values = names.map((name) => [name, options[name]] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined)) as Options;
}

/** A question that suggests the known name that was probably meant. Undefined if no known name is similar. */
export function suggestion(name: string, known: readonly string[]): string | undefined {
  const meant = known.find((each) => plain(each) === plain(name));
  return meant === undefined ? undefined : `did you mean ${meant}?`;
}

const maxTimerMs = 0x7fffffff;

// Leaves out what people often get wrong: capitals, hyphens and the plural.
const plain = (name: string): string => name.toLowerCase().replace(/[-_]|s$/g, '');

/** A wrong value in words. */
export function describe(value: unknown): string {
  if (value === null || typeof value === 'undefined') return String(value);
  return Array.isArray(value) ? 'an array' : `a value of type ${typeof value}`;
}
