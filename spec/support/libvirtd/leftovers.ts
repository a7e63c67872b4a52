/**
 * What a rig has started outlives neither the process that runs the specs nor a failing spec: every rig leaves
 * a clean-up here, and takes it back once it has cleaned up by itself.
 */
type CleanUp = () => void;

const cleanUps = new Set<CleanUp>();

/** Runs `cleanUp`, which must be synchronous, should the process end before the returned function is called. */
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

// A signal's default action ends the process without the exit event, so these are caught and sent again.
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
