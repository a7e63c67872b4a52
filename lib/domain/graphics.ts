import { nothing } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import type { Flags } from '../calls/flags.js';
import { integer, integers, oneOf, text, unsigned } from '../calls/values.js';
import { DomainSecurity } from './security.js';

/** libvirt's virDomainGraphicsReloadType. */
const types = ['any', 'vnc'] as const;

/** How to connect to a display. */
export interface OpenGraphicsOptions extends CallOptions {
  /** Without the display's password. */
  readonly skipAuth?: boolean;
}

/** Which displays read their settings again. */
export interface GraphicsReloadOptions extends CallOptions {
  /** `'any'` unless given. */
  readonly type?: (typeof types)[number];
}

/** What is done with files that are associated with a domain. */
export interface FdAssociateOptions extends CallOptions {
  /** Gives them their security labels back when the domain ends. */
  readonly seclabelRestore?: boolean;
  /** The security label lets the domain write. */
  readonly seclabelWritable?: boolean;
}

/** libvirt's virDomainOpenGraphicsFlags. */
const openFlags: Flags<OpenGraphicsOptions> = { skipAuth: 1 << 0 };

const reloadFlags: Flags<GraphicsReloadOptions> = { type: null };

/** libvirt's virDomainFDAssociateFlags. */
const associateFlags: Flags<FdAssociateOptions> = { seclabelRestore: 1 << 0, seclabelWritable: 1 << 1 };

/**
 * The displays of a domain, and files of this process that it uses. File descriptors can be passed only to a daemon on
 * this machine.
 */
export abstract class DomainGraphics extends DomainSecurity {
  /**
   * Connects a socket to a display, as a client of it (virDomainOpenGraphics).
   * @param index Which display: its place in the domain's definition.
   * @param fd One end of a pair of sockets. It may be closed when the promise has settled.
   */
  async openGraphics(index: number, fd: number, options: OpenGraphicsOptions = {}): Promise<void> {
    const args = [unsigned('index', index), [integer('fd', fd, 0)]];
    const participle = 'connected to its display';
    return this.call('virDomainOpenGraphics', participle, nothing, args, options, openFlags);
  }

  /**
   * A socket that is connected to a display (virDomainOpenGraphicsFD). The caller owns the file descriptor, and has to
   * close it: `new net.Socket({ fd })` does.
   * @param index Which display: its place in the domain's definition.
   */
  async openGraphicsFd(index: number, options: OpenGraphicsOptions = {}): Promise<number> {
    const args = [unsigned('index', index)];
    const participle = 'connected to its display';
    return this.call('virDomainOpenGraphicsFD', participle, firstOf, args, options, openFlags);
  }

  /** Lets displays read their certificates again (virDomainGraphicsReload). Needs libvirt 10.2. */
  async graphicsReload(options: GraphicsReloadOptions = {}): Promise<void> {
    const { type = 'any' } = options;
    const args = [oneOf('type', type, types)];
    return this.call('virDomainGraphicsReload', 'reloaded', nothing, args, options, reloadFlags);
  }

  /**
   * Names open files, so that the domain's definition can use them as disks (virDomainFDAssociate). That ends with the
   * connection. Needs libvirt 9.0.
   * @param fds File descriptors. They may be closed when the promise has settled.
   */
  async fdAssociate(name: string, fds: readonly number[], options: FdAssociateOptions = {}): Promise<void> {
    const args = [text('name', name), integers('fds', fds, 0x7fffffff)];
    return this.call('virDomainFDAssociate', 'given files', nothing, args, options, associateFlags);
  }
}

const firstOf = ([fd]: readonly [number]): number => fd;
