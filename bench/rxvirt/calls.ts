// W7: a call, one at a time or many in flight.
import { Connection } from 'rxvirt';
import { measureCalls } from './measure-calls.js';
import { text } from './settings.js';

export async function calls(): Promise<void> {
  const connection = await Connection.open(text('uri', 'test:///default'));
  const domain = await connection.lookupDomainByName('test');
  const kinds: Readonly<Record<string, () => Promise<unknown>>> = {
    state: () => domain.state(),
    xml: () => domain.xml(),
    list: () => connection.listDomains(),
    stats: () => connection.allDomainStats(),
  };
  const call = kinds[text('call', 'state')];
  if (call === undefined) throw new RangeError(`call must be one of ${Object.keys(kinds).join(', ')}`);
  await measureCalls(call);
  await connection.close();
}
