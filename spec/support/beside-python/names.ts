/** What tells objects apart. */

interface Named {
  readonly name: string;
}

interface Keyed extends Named {
  readonly uuid: string;
}

export function key({ name, uuid }: Keyed): Keyed {
  return { name, uuid };
}

type Domain = Keyed & { readonly id: number | null };

export function domainKey({ name, uuid, id }: Domain): Domain {
  return { name, uuid, id };
}

/** The names of things that are found, sorted. */
export async function names(found: Promise<readonly Named[]>): Promise<string[]> {
  return (await found).map(({ name }) => name).sort();
}

/** The uuids of things that are found, sorted. */
export async function uuids(found: Promise<readonly Pick<Keyed, 'uuid'>[]>): Promise<string[]> {
  return (await found).map(({ uuid }) => uuid).sort();
}
