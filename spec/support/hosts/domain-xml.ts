/** A domain of libvirt's test driver. */
export const domainXml = (name: string, uuid?: string): string =>
  `<domain type='test'><name>${name}</name>${uuid === undefined ? '' : `<uuid>${uuid}</uuid>`}<memory>8192</memory><os><type>hvm</type></os></domain>`;

/** Waits not as long as the defaults. */
export const quick = { reconnect: { initialDelay: 20, maxDelay: 200 } };
