// W9: from the start of the process to the import, a connection and its first event.
import { Connection } from 'rxvirt';
import { report } from './figures.js';
import { text } from './settings.js';

const imported = process.hrtime.bigint();

export async function start(): Promise<void> {
  const connection = await Connection.open('test:///default');
  const connected = process.hrtime.bigint();
  const event = new Promise<bigint>((resolve) => {
    const onRegistered = async (): Promise<void> => (await connection.lookupDomainByName('test')).suspend();
    connection
      .domainEvents('lifecycle', { onRegistered: () => void onRegistered() })
      .subscribe(() => resolve(process.hrtime.bigint()));
  });
  const eventAt = await event;
  const t0 = BigInt(text('t0', '0'));
  report('start', {
    import_ms: Number(imported - t0) / 1e6,
    connect_ms: Number(connected - t0) / 1e6,
    event_ms: Number(eventAt - t0) / 1e6,
  });
  await connection.close();
}
