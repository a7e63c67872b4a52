/** A domain of libvirt's test driver. */
export const testDomainXml = (name: string, uuid?: string): string =>
  `<domain type='test'><name>${name}</name>${uuid === undefined ? '' : `<uuid>${uuid}</uuid>`}<memory>8192</memory><os><type>hvm</type></os></domain>`;
