import { redact } from '../errors/redact.js';
import { checkText } from '../arguments.js';

/** The name of a host that was given none: its URI, as messages show it. libvirt takes an empty URI for none. */
export function nameByUri(uri: string | undefined): string {
  return uri === undefined || uri === '' ? 'default' : redact(uri);
}

/** Throws `TypeError` unless this can name a host. */
export function checkName(name: unknown): void {
  checkText('name', name);
  if (name === '')
    throw new TypeError('the name of a host must not be empty; leave it out to name the host by its URI');
}
