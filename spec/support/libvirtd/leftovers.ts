/**
 * Whatever a rig has started must end with the process that runs the specs, even when a spec fails. Therefore every rig
 * registers a clean-up here, and removes it once the rig has cleaned up by itself.
 */
type CleanUp = () => void;

const cleanUps = new Set<CleanUp>();

/** Runs `cleanUp` if the process ends before the returned function is called. `cleanUp` must be synchronous. */
export function cleanUpAtExit(cleanUp: CleanUp): () => void {
  if (cleanUps.size === 0) listen();
  cleanUps.add(cleanUp);
  return () => {
    cleanUps.delete(cleanUp);
    if (cleanUps.size === 0) unlisten();
  };
}

function runAll(): void {
  for (const cleanUp of cleanUps) {
    cleanUps.delete(cleanUp);
    try {
      cleanUp();
    } catch (error) {
      console.error('A rig could not be cleaned up:', error);
    }
  }
}

// By default, a signal ends the process without the exit event. So these signals are caught, and sent again afterwards.
const signals = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;

function onSignal(signal: NodeJS.Signals): void {
  runAll();
  unlisten();
  process.kill(process.pid, signal);
}

function listen(): void {
  process.on('exit', runAll);
  for (const signal of signals) process.on(signal, onSignal);
}

function unlisten(): void {
  process.off('exit', runAll);
  for (const signal of signals) process.off(signal, onSignal);
}
