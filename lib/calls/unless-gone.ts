import { LibvirtError, type LibvirtErrorCode } from '../errors.js';

/**
 * What was asked about an object; undefined when the object doesn't exist any more.
 * @param gone The code of libvirt's error for that.
 */
export async function unlessGone<T>(asked: Promise<T>, gone: LibvirtErrorCode): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof LibvirtError && error.code === gone) return undefined;
    throw error;
  }
}
