import { parseArgs } from 'node:util';

export const usage = `Usage: npm start [-- --uri URI]

Prints domain lifecycle events as they happen.

  --uri URI   watches that host, read-only, until Ctrl-C (a second one quits at once);
              without it, a domain of libvirt's built-in test host is taken through its states
  -h, --help  this text`;

export type Options = { help: boolean; uri?: string } | { mistake: string };

/** Reads the command line. If it is wrong, `mistake` of the result says why; the caller shows that with the usage. */
export function parseOptions(args: string[]): Options {
  try {
    const { values } = parseArgs({
      args,
      options: {
        uri: { type: 'string', multiple: true },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const { help, uri: [uri, ...others] = [] } = values;
    if (uri === '') return { mistake: '--uri needs a libvirt URI, such as qemu:///system' };
    if (others.length > 0) return { mistake: '--uri can be given once' };
    return uri === undefined ? { help } : { help, uri };
  } catch (error) {
    return { mistake: error instanceof Error ? error.message : String(error) };
  }
}
