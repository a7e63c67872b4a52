import { createRequire } from 'node:module';
import type * as Winston from 'winston';
import { guarded } from './errors/report-unhandled.js';

/** What the library logs through: winston's loggers are such, and so is `console`. */
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
 * `warn`, `info` and `debug`, such as `console`. One that has a method `child` is asked for a child with
 * `label: 'rxvirt'`. Until then, and unless the environment variable `RXVIRT_LOG` names a level
 * (`RXVIRT_LOG=debug`), nothing is logged. What a logger throws is reported as what a subscriber throws.
 * @param newLogger Null takes the logger away again: then it is as before the first call.
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

/** `logger`, whose exceptions are reported and stop nobody: what is logged is often amid other work. */
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

/** The logger in force. */
export function log(): LogSink {
  logger ??= guardedLogger(fromEnvironment());
  return logger;
}

const levels = ['error', 'warn', 'info', 'http', 'verbose', 'debug', 'silly'];

// winston is loaded only when it is asked for: it would be the larger part of the library's start.
function fromEnvironment(): LogSink {
  const level = process.env['RXVIRT_LOG']?.toLowerCase();
  if (level === undefined || level === '') return sink;
  if (!levels.includes(level)) {
    process.emitWarning(
      `RXVIRT_LOG=${level} is no level, so nothing is logged; use error, warn, info or debug`,
    );
    return sink;
  }
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
