const needsBuilding = 'install libvirt-dev, pkg-config and a C++ compiler, then run `npm rebuild rxvirt`';

/**
 * Why the addon can't be loaded, and what to do.
 * @param cause The error that Node threw.
 * @param from The URL of the module that loads the addon. In a bundle it is another URL; in a CommonJS bundle
 *   it is undefined.
 */
export function addonError(cause: unknown, from: string | undefined): Error {
  const { code, message } = cause as NodeJS.ErrnoException;
  const fails = "rxvirt's addon could not be loaded";
  if (from === undefined || !/\/lib\/native\.js(\?.*)?$/.test(from)) {
    const external =
      'leave rxvirt external (esbuild: --external:rxvirt), and install it where the bundle runs';
    return new Error(`${fails}: it is not in this bundle; ${external}`, { cause });
  }
  if (code === 'ERR_DLOPEN_DISABLED') {
    const allow = 'start Node with --allow-addons in addition to --permission, or without --no-addons';
    return new Error(`${fails}: this process may not load addons; ${allow}`, { cause });
  }
  if (code === 'MODULE_NOT_FOUND') {
    const approve =
      'if the package manager blocks install scripts, allow this one (`pnpm approve-builds`); otherwise';
    return new Error(`${fails}: it is not built; ${approve} ${needsBuilding}`, { cause });
  }
  if (code === 'ERR_DLOPEN_FAILED') {
    const built = 'it is damaged, or was built for another system; build it where it runs';
    return new Error(`${fails}: ${built} (${needsBuilding}): ${message}`, { cause });
  }
  return new Error(`${fails}: ${message}; ${needsBuilding}`, { cause });
}
