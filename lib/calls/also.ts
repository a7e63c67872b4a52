/**
 * A caller's options, and some that the caller doesn't choose. The caller's may be inherited from defaults, so they are
 * not copied. What is no object stays as it is, to be refused with the name of its call.
 */
export function also<Options extends object, More extends object>(
  options: Options | null,
  more: More,
): Options & More {
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    return options as Options & More;
  return Object.assign(Object.create(options) as Options, more);
}
