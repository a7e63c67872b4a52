import {
  concatMap,
  defer,
  EMPTY,
  exhaustMap,
  from,
  map,
  merge,
  of,
  takeWhile,
  timer,
  type Observable,
  type ObservableInput,
  type SchedulerLike,
} from 'rxjs';

/** How the progress of a job is learnt. */
export interface ProgressSource<Item> {
  /**
   * Asks how far the job is: null when there is none, undefined when nobody knows this time. `last` is the answer before;
   * null when the job has not begun.
   */
  readonly ask: (last: Item | null) => ObservableInput<Item | null | undefined>;
  /** Emits what an event tells. The first item that is the last one ends the progress. */
  readonly told: Observable<{ readonly item: Item; readonly isLast: boolean }>;
  /** How the job ended that isn't there any more, if no event has told it. */
  readonly outcome: (last: Item) => ObservableInput<Item>;
  readonly intervalMs: number;
  /** How long the event may be on its way that tells the end of a job, when an answer has told that there is none. */
  readonly eventMs: number;
  /** Whose clock measures the interval. */
  readonly scheduler?: SchedulerLike;
}

/**
 * Emits how far a job is: at once, after each interval, and when an event tells something. Before the job has begun it
 * waits. Completes after the outcome. It asks again only when the question before was answered.
 */
export function progressOf<Item>(source: ProgressSource<Item>): Observable<Item> {
  return defer(() => {
    let last: Item | null = null;
    const outcomeOf = (item: Item) =>
      timer(source.eventMs, source.scheduler).pipe(
        concatMap(() => source.outcome(item)),
        map((outcome) => ({ item: outcome, isLast: true })),
      );
    const asked = timer(0, source.intervalMs, source.scheduler).pipe(
      exhaustMap(() =>
        from(source.ask(last)).pipe(
          concatMap((item) => {
            if (item === undefined) return EMPTY;
            if (item !== null) return of({ item: (last = item), isLast: false });
            // No job: it has not begun, or it has ended since the last question.
            return last === null ? EMPTY : outcomeOf(last);
          }),
        ),
      ),
    );
    return merge(source.told, asked).pipe(
      takeWhile(({ isLast }) => !isLast, true),
      map(({ item }) => item),
    );
  });
}
