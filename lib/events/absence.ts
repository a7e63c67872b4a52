import { LibvirtError } from '../errors.js';
import { errorCodes, errorDomains, errorLevels } from '../errors/error-names.js';
import { families } from './families.js';
import type { EventKind } from './kind.js';

/**
 * The error for a libvirt that is too old for a kind of event. Undefined when the libvirt has that kind.
 * @param installed The version of the library in this process, as libvirt writes it: 9.1.2 is 9001002.
 */
export function absence(
  { category, since }: Pick<EventKind<unknown>, 'category' | 'since'>,
  installed: number,
): LibvirtError | undefined {
  const [major = 0, minor = 0, release = 0] = since.split('.').map(Number);
  if (installed >= major * 1_000_000 + minor * 1000 + release) return undefined;
  const has = `${Math.trunc(installed / 1_000_000)}.${Math.trunc(installed / 1000) % 1000}`;
  return new LibvirtError({
    code: errorCodes.indexOf('VIR_ERR_NO_SUPPORT'),
    domain: errorDomains.indexOf('VIR_FROM_EVENT'),
    level: errorLevels.indexOf('VIR_ERR_ERROR'),
    message: `this needs libvirt ${major}.${minor}, and ${has} is installed`,
    call: families[category].register,
  });
}
