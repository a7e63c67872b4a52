// peer: @unraid/libvirt, the other promise API over libvirt for Node.js. It has calls but no events.
//
// usage: UNRAID_LIBVIRT=FOLDER node peer.js calls [key=value ...]      prints one line of JSON
// It has no virDomainGetState. getInfo() is the most similar call, and takes as much work. It has no statistics.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { measureCalls } from '../rxvirt/measure-calls.js';
import { text } from '../rxvirt/settings.js';

interface Unraid {
  Hypervisor: new (options: { uri: string }) => {
    connectOpen(): Promise<void>;
    connectClose(): Promise<void>;
    connectListAllDomains(): Promise<unknown>;
    domainLookupByName(
      name: string,
    ): Promise<{ getInfo(): Promise<unknown>; getXMLDesc(): Promise<unknown> }>;
  };
}

const folder = process.env['UNRAID_LIBVIRT'] ?? '';
const entry = pathToFileURL(resolve(folder, 'dist/index.js')).href;
const { Hypervisor } = (await import(entry)) as Unraid;
const hypervisor = new Hypervisor({ uri: text('uri', 'test:///default') });
await hypervisor.connectOpen();
const domain = await hypervisor.domainLookupByName('test');
const kinds: Readonly<Record<string, () => Promise<unknown>>> = {
  state: () => domain.getInfo(),
  xml: () => domain.getXMLDesc(),
  list: () => hypervisor.connectListAllDomains(),
};
const call = kinds[text('call', 'state')];
if (call === undefined) throw new RangeError(`call must be one of ${Object.keys(kinds).join(', ')}`);
await measureCalls(call);
await hypervisor.connectClose();
