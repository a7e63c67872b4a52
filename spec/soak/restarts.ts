// Restarts a scripted daemon many times in a row under a watched host, and shows what that leaves behind.
// Usage: node dist/spec/soak/restarts.js [restarts]
import { flatRestarts } from '../support/hosts/flat-restarts.js';

const [count = 1000] = process.argv.slice(2).map(Number);
const { before, after, losses, gaps, longestMs } = await flatRestarts(count, (text) => {
  process.stdout.write(`${text}\n`);
});
process.stdout.write(
  `${JSON.stringify({ restarts: count, losses, gaps, longestMs, before, after }, null, 2)}\n`,
);
process.exitCode = after.fds === before.fds && after.threads === before.threads ? 0 : 1;
