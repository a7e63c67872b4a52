import { channel } from 'node:diagnostics_channel';
import type { Gap } from './position.js';
import type { HostStatus } from './host-status.js';
import type { HostTrouble } from './host-trouble.js';

/** A message of the channel `rxvirt:host:status`: each status of a host. */
export interface HostStatusMessage {
  readonly host: string;
  readonly status: HostStatus;
}

/** A message of the channel `rxvirt:host:gap`: all event streams of a host are registered again after a loss. */
export interface HostGapMessage extends Omit<Gap, 'type'> {
  readonly host: string;
}

/** A message of the channel `rxvirt:host:trouble`: something can't be had from a host, or can be had again. */
export interface HostTroubleMessage {
  readonly host: string;
  readonly trouble: HostTrouble;
  readonly isOver: boolean;
}

/** A message of the channel `rxvirt:host:overflow`: events of a host were lost, because there was no memory. */
export interface HostOverflowMessage {
  readonly host: string;
  /** How many events are missing. */
  readonly dropped: number;
}

/** The channels of `node:diagnostics_channel` on which hosts report. Without a subscriber no message is made. */
export const diagnostics: {
  readonly status: Publish<HostStatusMessage>;
  readonly gap: Publish<HostGapMessage>;
  readonly trouble: Publish<HostTroubleMessage>;
  readonly overflow: Publish<HostOverflowMessage>;
} = {
  status: publisher('rxvirt:host:status'),
  gap: publisher('rxvirt:host:gap'),
  trouble: publisher('rxvirt:host:trouble'),
  overflow: publisher('rxvirt:host:overflow'),
};

type Publish<Message> = (make: () => Message) => void;

function publisher(name: string): Publish<object> {
  const to = channel(name);
  return (make) => {
    if (to.hasSubscribers) to.publish(make());
  };
}
