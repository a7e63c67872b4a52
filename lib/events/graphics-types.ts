/** The kinds of address, in the order of the numbers of libvirt's virDomainEventGraphicsAddressType. */
export const graphicsAddressFamilies = ['ipv4', 'ipv6', 'unix'] as const;

/** One end of a graphics connection; libvirt's virDomainEventGraphicsAddress. */
export interface GraphicsAddress {
  /** The kind of address; `'unknown'` when the value is newer than this library: see `familyNumber`. */
  readonly family: (typeof graphicsAddressFamilies)[number] | 'unknown';
  /** libvirt's virDomainEventGraphicsAddressType. */
  readonly familyNumber: number;
  /** An IP address, or the path of a UNIX socket. */
  readonly node: string | null;
  /** A port number or name; null or empty for a UNIX socket. */
  readonly service: string | null;
}

/** Who a graphics client is; libvirt's virDomainEventGraphicsSubjectIdentity. */
export interface GraphicsIdentity {
  /** The kind of name, for example `'x509dname'` or `'saslUsername'`. */
  readonly type: string | null;
  readonly name: string | null;
}
