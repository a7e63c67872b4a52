// Watches a host for a long time, with faults of all kinds, amid a churn of domains.
// Usage: node dist/spec/soak/soak.js [minutes] [seed]
import { setTimeout as delay } from 'node:timers/promises';
import { agreement, differences } from '../support/hosts/agreement.js';
import { Churn } from '../support/hosts/churn.js';
import { randomOf } from '../support/hosts/random.js';
import { randomFaults } from '../support/hosts/random-faults.js';
import { Watcher } from '../support/hosts/watcher.js';
import { PrivateLibvirtd } from '../support/libvirtd/private-libvirtd.js';
import { Preload } from '../support/programs/preload.js';
import { Figures } from './figures.js';

/** A host that is not right again after this time has a fault. */
const recoveryLimitMs = 60_000;
const progressMs = 30_000;
/** The first figures are taken after so many rounds, when all code has run. */
const roundsToWarmUp = 30;

const [minutes = 60, seed = Date.now() % 1_000_000] = process.argv.slice(2).map(Number);
const random = randomOf(seed);
const pick = <T>(all: readonly T[]) => all[Math.floor(random() * all.length)] as T;
const say = (text: string) => process.stdout.write(`${new Date().toISOString()} ${text}\n`);

await using preload = await Preload.of('refuse-threads');
await using libvirtd = await PrivateLibvirtd.start({ keepaliveInterval: 1, keepaliveCount: 1 });
await using watcher = new Watcher(
  libvirtd.uri,
  {
    keepAlive: { interval: 1, count: 1 },
    timeout: 1000,
    reconnect: { initialDelay: 20, maxDelay: 500 },
  },
  preload.env,
);
const churn = new Churn(libvirtd, random);
const figures = new Figures();
const end = performance.now() + minutes * 60_000;
let nextProgress = performance.now() + progressMs;

say(`soak of ${minutes} minutes, seed ${seed}, watcher ${watcher.pid}`);
const first = await agreement(libvirtd.uri, watcher, recoveryLimitMs);
if (!first.isReached) throw new Error(`no agreement at the start:\n${differences(first).join('\n')}`);

for (let round = 1; performance.now() < end; round++) {
  const kind = pick(Object.keys(randomFaults));
  churn.start();
  await delay(random() * 300);
  await randomFaults[kind]?.({ libvirtd, watcher, threadsRefused: preload.file, random });
  const repaired = performance.now();
  await delay(random() * 200);
  await churn.stop();
  const result = await agreement(libvirtd.uri, watcher, recoveryLimitMs);
  figures.round(kind, result, performance.now() - repaired);
  if (!result.isReached) {
    say(`DIFFERENCE in round ${round}, after '${kind}':\n  ${differences(result).join('\n  ')}`);
    say(`  troubles: ${result.answer.troubles.join('; ')}`);
  }
  if (round === roundsToWarmUp) figures.atStart(await watcher.ask({ ask: 'weigh' }), watcher.size);
  if (performance.now() > nextProgress) {
    nextProgress = performance.now() + progressMs;
    say(figures.progress(await watcher.ask({ ask: 'weigh' }), watcher.size));
  }
}

figures.atEnd(await watcher.ask({ ask: 'weigh' }), watcher.size);
await watcher.close();
say(`the end\n${figures.report(churn.commands)}`);
process.exitCode = figures.isGood ? 0 : 1;
