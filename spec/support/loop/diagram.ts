import { TestScheduler } from 'rxjs/testing';

/** Something that happens at a time. One frame is one millisecond of virtual time. */
export interface Mark {
  readonly frame: number;
  /** One character; `|` ends a source and `#` breaks it. */
  readonly mark: string;
}

/** The rows of a diagram, by their names. The last word of a line is the row; the text before it is the name. */
export function rowsOf(diagram: string): ReadonlyMap<string, string> {
  const lines = diagram.split('\n').filter((line) => line.trim() !== '');
  return new Map(
    lines.map((line) => {
      const [, name = '', row = ''] = /^\s*(.*?)\s+(\S+)\s*$/.exec(line) ?? [];
      return [name, row];
    }),
  );
}

/**
 * Reads a row of RxJS marbles. One character is one millisecond. Characters in brackets happen together, when the
 * bracket opens. Works only within `run` of a TestScheduler.
 */
export function marksOf(row: string): Mark[] {
  const messages = TestScheduler.parseMarbles(row, undefined, undefined, false, true);
  return messages.map(({ frame, notification }) => ({
    frame,
    mark: notification.kind === 'N' ? String(notification.value) : notification.kind === 'C' ? '|' : '#',
  }));
}

/** Writes marks as a row of `length` characters. */
export function rowOf(marks: readonly Mark[], length: number): string {
  let row = '';
  let shown = 0;
  while (row.length < length) {
    const now = marks.filter(({ frame }) => frame === row.length).map(({ mark }) => mark);
    shown += now.length;
    row += now.length > 1 ? `(${now.join('')})` : (now[0] ?? '-');
  }
  return shown === marks.length ? row : `${row} and ${marks.length - shown} more beneath brackets`;
}
