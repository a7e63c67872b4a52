const needsBuilding = 'install libvirt-dev, pkg-config and a C++ compiler, then run `npm rebuild rxvirt`';

/**
 * Why the addon can't be loaded, and what to do.
 * @param cause What Node says.
 * @param from The address of the module that loads it; a bundle is somewhere else, and as CommonJS knows no address.
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
    const allow = 'start Node with --allow-addons beside --permission, or without --no-addons';
    return new Error(`${fails}: this process may load no addons; ${allow}`, { cause });
  }
  if (code === 'MODULE_NOT_FOUND') {
    const approve =
      'let its install script run, where the package manager asks first (`pnpm approve-builds`); otherwise';
    return new Error(`${fails}: it is not built; ${approve} ${needsBuilding}`, { cause });
  }
  if (code === 'ERR_DLOPEN_FAILED') {
    const built = 'it was built for another system; build it where it runs';
    return new Error(`${fails}: ${built} (${needsBuilding}): ${message}`, { cause });
  }
  return new Error(`${fails}: ${message}; ${needsBuilding}`, { cause });
}
