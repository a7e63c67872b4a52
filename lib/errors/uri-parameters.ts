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

/** As libvirt decodes it; a % that begins no escape stays. */
export function decoded(text: string): string {
  return text.replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
