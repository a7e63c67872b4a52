import type { LogSink } from '../../lib/logging.js';

/** A logger that keeps each message as `level: message`. */
export class LogLines {
  readonly lines: string[] = [];
  readonly logger: LogSink;

  constructor() {
    const keep = (level: string) => (message: unknown) => {
      this.lines.push(`${level}: ${String(message)}`);
      return this.logger;
    };
    this.logger = { error: keep('error'), warn: keep('warn'), info: keep('info'), debug: keep('debug') };
  }
}
