// W7: domain.state(), one call at a time or many in flight.
import { Connection } from 'rxvirt';
import { measureCalls } from './measure-calls.js';
import { text } from './settings.js';

export async function calls(): Promise<void> {
  const connection = await Connection.open(text('uri', 'test:///default'));
  const domain = await connection.lookupDomainByName('test');
  await measureCalls(() => domain.state());
  await connection.close();
}
