/** One step of an `RxEventImpl`, for tracing. */
export type LoopActivity =
  | {
      readonly action: 'add' | 'update';
      readonly kind: 'handle';
      readonly id: number;
      readonly fd: number;
      readonly events: number;
    }
  | {
      readonly action: 'dispatch';
      readonly kind: 'handle';
      readonly id: number;
      readonly fd: number;
      readonly events: number;
    }
  | {
      readonly action: 'add' | 'update';
      readonly kind: 'timeout';
      readonly id: number;
      readonly frequency: number;
    }
  | { readonly action: 'dispatch'; readonly kind: 'timeout'; readonly id: number }
  | { readonly action: 'remove' | 'free'; readonly kind: 'handle' | 'timeout'; readonly id: number };

/** What an `RxEventImpl` holds. */
export interface LoopStats {
  /** Watches on file descriptors. */
  readonly handles: number;
  readonly timeouts: number;
  /** Watches and timeouts that are removed but not freed yet. */
  readonly pendingFrees: number;
}
