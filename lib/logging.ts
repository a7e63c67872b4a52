import { createRequire } from 'node:module';
import type * as Winston from 'winston';
import { guarded } from './errors/report-unhandled.js';

/** What the library needs of a logger. Winston's loggers have it, and so does `console`. */
export interface LogSink {
  error(message: string): unknown;
  warn(message: string): unknown;
  info(message: string): unknown;
  debug(message: string): unknown;
}

const silent = (): void => undefined;
const sink: LogSink = { error: silent, warn: silent, info: silent, debug: silent };

let logger: LogSink | undefined;

/**
 * Sends the library's log lines to a logger of yours: a winston logger, or anything with its methods `error`,
 * `warn`, `info` and `debug`, such as `console`. If the logger has a method `child`, the library logs to a
 * child with `label: 'rxvirt'`. Before the first call nothing is logged, unless the environment variable
 * `RXVIRT_LOG` names a level (`RXVIRT_LOG=debug`). An exception of the logger is reported as RxJS reports an
 * exception of a subscriber.
 * @param newLogger Null removes the logger: the library then logs as before the first call.
 * @throws {TypeError} when it is neither a logger nor null.
 */
export function setLogger(newLogger: LogSink | null): void {
  if (newLogger === null) {
    logger = undefined;
    return;
  }
  checkLogger(newLogger);
  logger = guardedLogger(hasChild(newLogger) ? newLogger.child({ label: 'rxvirt' }) : newLogger);
}

/**
 * Returns a logger that calls `logger`, and reports its exceptions instead of throwing them. The library
 * often logs in the middle of other work, which must not stop.
 */
export function guardedLogger(logger: LogSink): LogSink {
  const method = (level: keyof LogSink) =>
    guarded((message: string) => {
      logger[level](message);
    });
  return { error: method('error'), warn: method('warn'), info: method('info'), debug: method('debug') };
}

/** Throws `TypeError` unless `value` has the methods of a logger. */
export function checkLogger(value: unknown): void {
  const missing = (Object.keys(sink) as (keyof LogSink)[]).filter(
    (method) => typeof (value as Partial<LogSink> | null | undefined)?.[method] !== 'function',
  );
  if (missing.length === 0) return;
  throw new TypeError(
    `a logger must have the methods error, warn, info and debug; there is no ${missing.join(', no ')}`,
  );
}

function hasChild(logger: LogSink): logger is LogSink & { child(fields: { label: string }): LogSink } {
  return typeof (logger as { child?: unknown }).child === 'function';
}

/** The logger that is in use. */
export function log(): LogSink {
  logger ??= fromEnvironment();
  return logger;
}

/** Whether there is a logger: for lines that are costly to make. */
export function isLogged(): boolean {
  return log() !== sink;
}

const levels = ['error', 'warn', 'info', 'http', 'verbose', 'debug', 'silly'];

// winston is loaded only when it is needed, because that takes longer than the rest of the library's start.
function fromEnvironment(): LogSink {
  const level = process.env['RXVIRT_LOG']?.toLowerCase();
  if (level === undefined || level === '') return sink;
  if (!levels.includes(level)) {
    process.emitWarning(
      `RXVIRT_LOG=${level} is not a level, so nothing is logged; use error, warn, info or debug`,
    );
    return sink;
  }
  const winston = createRequire(import.meta.url)('winston') as typeof Winston;
  const { combine, label, timestamp, printf } = winston.format;
  const fromLevel = winston.createLogger({
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
  return guardedLogger(fromLevel);
}
