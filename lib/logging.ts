import { createRequire } from 'node:module';
import type * as Winston from 'winston';
import type { Logger } from 'winston';

/** What the library logs through; a winston logger is one. */
export type LogSink = Pick<Logger, 'error' | 'warn' | 'info' | 'debug'>;

const silent = (): LogSink => sink;
const sink = { error: silent, warn: silent, info: silent, debug: silent } as unknown as LogSink;

let logger: LogSink | undefined;

/**
 * Sends the library's log lines to a winston logger of yours, as a child with `label: 'rxvirt'`.
 * Until then, and unless the environment variable `RXVIRT_LOG` names a level (`RXVIRT_LOG=debug`), nothing
 * is logged.
 */
export function setLogger(newLogger: Logger): void {
  logger = newLogger.child({ label: 'rxvirt' });
}

/** The logger in force. */
export function log(): LogSink {
  logger ??= fromEnvironment();
  return logger;
}

// winston is loaded only when it is asked for: it would be the larger part of the library's start.
function fromEnvironment(): LogSink {
  const level = process.env['RXVIRT_LOG'];
  if (level === undefined || level === '') return sink;
  const winston = createRequire(import.meta.url)('winston') as typeof Winston;
  const { combine, label, timestamp, printf } = winston.format;
  return winston.createLogger({
    level,
    format: combine(
      label({ label: 'rxvirt' }),
      timestamp(),
      printf(
        (line) =>
          `${String(line['timestamp'])} ${String(line['label'])} ${line.level}: ${String(line.message)}`,
      ),
    ),
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- winston's Console is one; its types come through a namespace
    transports: [new winston.transports.Console({ stderrLevels: ['error', 'warn', 'info', 'debug'] })],
  });
}
