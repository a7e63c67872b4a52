/** How many URIs may be within each other. One is of use: what a daemon opens for its client. */
export const mostUrisWithin = 3;

/** A parameter of a URI's query, with its escapes decoded. */
export interface UriParameter {
  /** In lower case. */
  readonly name: string;
  readonly value: string;
}

/**
 * All that a reader may take for a parameter. libvirt divides a query at each `&`, and only after the last one at each
 * `;`. Other readers divide it elsewhere, so the pieces between all marks are parameters too.
 */
export function parametersOf(uri: string): UriParameter[] {
  const query = /\?(.*)$/s.exec(uri)?.[1] ?? '';
  const parts = query.split('&');
  const libvirts = [...parts.slice(0, -1), ...(parts.at(-1) ?? '').split(';')];
  return [...new Set([...libvirts, ...query.split(/[&;#?]/)])].map((parameter) => {
    const [name = '', value = ''] = parameter.split(/=(.*)/s).map(decoded);
    return { name: name.toLowerCase(), value };
  });
}

/** The URIs within a URI: what `name` has is opened by the other side. */
export function urisWithin(uri: string): string[] {
  return parametersOf(uri)
    .filter(({ name }) => name === 'name')
    .map(({ value }) => value);
}

/** As libvirt decodes it: escapes are bytes of UTF-8, and a % that begins none stays. */
export function decoded(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/gi, (escapes) =>
    Buffer.from(escapes.replaceAll('%', ''), 'hex').toString(),
  );
}

/** Longer than the name of any parameter. */
const mostNameLength = 200;

/**
 * Where values are whose parameters have such names, in a query or in what may be taken for one.
 * @param ends What a value ends before. What lies within a value is not looked at again.
 */
export function* valuesOf(
  uri: string,
  names: RegExp,
  ends: RegExp,
): Generator<{ readonly start: number; readonly end: number }, void> {
  let from = 0;
  for (const { index } of uri.matchAll(/[?&;]/g)) {
    if (index < from) continue;
    const [name] = /^[^=&;?]+(?==)/.exec(uri.slice(index + 1, index + 1 + mostNameLength)) ?? [];
    if (name === undefined || !names.test(decoded(name))) continue;
    const start = index + 1 + name.length + 1;
    const length = uri.slice(start).search(ends);
    from = length === -1 ? uri.length : start + length;
    yield { start, end: from };
  }
}

/** The URI with other values at these places. */
export function withValues(
  uri: string,
  places: ReturnType<typeof valuesOf>,
  replace: (value: string) => string,
): string {
  let changed = '';
  let from = 0;
  for (const { start, end } of places) {
    changed += uri.slice(from, start) + replace(uri.slice(start, end));
    from = end;
  }
  return changed + uri.slice(from);
}
