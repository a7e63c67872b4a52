import { asIs, nothing } from '../calls/answers.js';
import { call, type Read } from '../calls/call.js';
import type { CallOptions } from '../calls/call-options.js';
import { checkedFlags, type Flags } from '../calls/flags.js';
import { optionalText, unsigned } from '../calls/values.js';
import { LibvirtObject } from '../calls/libvirt-object.js';
import { native, type CallArgument, type LibvirtFunction } from '../native.js';
import type { LibvirtStream } from '../streams/libvirt-stream.js';
import { openStream } from '../streams/open-stream.js';
import { DomainCheckpoints } from './checkpoints.js';

/** How to open a console. */
export interface OpenConsoleOptions extends CallOptions {
  /** The alias of the device, such as `'serial0'`; the first console or serial port unless given. */
  readonly device?: string;
  /** Takes it from another user of it. */
  readonly force?: boolean;
  /** Fails where the hypervisor can't make sure that nobody else uses it. */
  readonly safe?: boolean;
}

/** How to open a channel. */
export interface OpenChannelOptions extends CallOptions {
  /** Takes it from another user of it. */
  readonly force?: boolean;
}

/** What to take a picture of. */
export interface ScreenshotOptions extends CallOptions {
  /** The number of the screen, 0 unless given. */
  readonly screen?: number;
}

/** A picture of a screen. */
export interface Screenshot {
  /** For example `'image/x-portable-pixmap'`. */
  readonly mimeType: string;
  readonly stream: LibvirtStream;
}

/** libvirt's virDomainConsoleFlags. */
const consoleFlags: Flags<OpenConsoleOptions> = { device: null, force: 1 << 0, safe: 1 << 1 };

/** libvirt's virDomainChannelFlags. */
const channelFlags: Flags<OpenChannelOptions> = { force: 1 << 0 };

const screenshotFlags: Flags<ScreenshotOptions> = { screen: null };

/** What a domain's devices say and hear. */
export abstract class DomainStreams extends DomainCheckpoints {
  /**
   * Opens a console or a serial port (virDomainOpenConsole). The stream ends when the domain does. A reader that stands
   * still for half a minute while the guest goes on writing loses the stream: the next read tells it.
   */
  async openConsole(options: OpenConsoleOptions = {}): Promise<LibvirtStream> {
    const name = optionalText('device', options.device);
    return this.#terminal('virDomainOpenConsole', 'console', name, options, consoleFlags);
  }

  /**
   * Opens a channel between host and guest (virDomainOpenChannel); see {@link openConsole}.
   * @param name Its name or the alias of the device, such as `'org.qemu.guest_agent.0'`; the first channel unless given.
   */
  async openChannel(name?: string, options: OpenChannelOptions = {}): Promise<LibvirtStream> {
    return this.#terminal(
      'virDomainOpenChannel',
      'channel',
      optionalText('name', name),
      options,
      channelFlags,
    );
  }

  /** Takes a picture of a screen (virDomainScreenshot). */
  async screenshot(options: ScreenshotOptions = {}): Promise<Screenshot> {
    const { screen = 0 } = options;
    unsigned('screen', screen);
    const use = { readable: true, writable: false };
    const name = 'virDomainScreenshot';
    const opened = await this.#open(
      name,
      'screen',
      asIs<string>,
      (s) => [s, screen],
      options,
      screenshotFlags,
      use,
    );
    return { mimeType: opened.result, stream: opened.stream };
  }

  async #terminal<Options extends CallOptions>(
    name: LibvirtFunction,
    what: string,
    device: string | null,
    options: Options,
    flags: Flags<Options>,
  ): Promise<LibvirtStream> {
    const use = { readable: true, writable: true };
    const { stream } = await this.#open(name, what, nothing, (s) => [device, s], options, flags, use);
    return stream;
  }

  async #open<Result, Options extends CallOptions>(
    name: LibvirtFunction,
    what: string,
    read: Read<Result>,
    argsWith: (stream: CallArgument) => readonly CallArgument[],
    options: Options,
    flags: Flags<Options>,
    use: { readonly readable: boolean; readonly writable: boolean },
  ): Promise<{ readonly stream: LibvirtStream; readonly result: Result }> {
    const bits = checkedFlags(name, options, flags);
    const { connection: from, title: ofDomain } = LibvirtObject.placeOf(this);
    const title = `the ${what} of ${ofDomain}`;
    return openStream(
      {
        from,
        title,
        call: name,
        begin: (connection, stream) => {
          const handle = native().referToDomain(connection.handle, this.uuid);
          return call({ connection, handle, title }, name, 'opened', read, [...argsWith(stream), bits]);
        },
        waiting: 'for the loop',
        use: () => use,
      },
      options,
    );
  }
}
