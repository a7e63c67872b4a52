/** The option of Node with which a program has the native loop from its start. */
export const nativeLoopOption = `--import=${new URL('native-loop.js', import.meta.url).href}`;
