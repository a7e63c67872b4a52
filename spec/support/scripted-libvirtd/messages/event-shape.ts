import type { Layout } from '../codec.js';

/** How one kind of event is asked for, and how it looks on the wire after its callback id. */
export interface EventShape<L extends Layout = Layout> {
  readonly eventId: number;
  /** The procedure number of the message that carries it. */
  readonly procedure: number;
  readonly layout: L;
}

export function shape<L extends Layout>(eventId: number, procedure: number, layout: L): EventShape<L> {
  return { eventId, procedure, layout };
}
