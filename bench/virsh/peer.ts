// peer: virsh vol-download and vol-upload.
//
// usage: node peer.js volume uri=URI way=down|up file=FILE mib=N      prints one line of JSON
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { measureTransfer } from '../rxvirt/measure-transfer.js';
import { text } from '../rxvirt/settings.js';

await measureTransfer(async (way, file) => {
  const command = [`vol-${way}load`, '--pool', 'bench', 'volume', file];
  const child = spawn('virsh', ['-q', '-c', text('uri', ''), ...command], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`virsh ${command.join(' ')} failed`);
});
