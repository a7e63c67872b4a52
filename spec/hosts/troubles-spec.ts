import { expect } from 'chai';
import { NEVER, of, throwError } from 'rxjs';
import type { Step } from '../../lib/hosts/connector.js';
import { Delays } from '../../lib/hosts/delays.js';
import { HostStream } from '../../lib/hosts/host-stream.js';
import { LiveState } from '../../lib/hosts/live-state.js';
import { Places } from '../../lib/hosts/position.js';

const refused = new Error('refused');
const refuse = () => throwError(() => refused);
const connected: Step<string> = {
  status: { state: 'connected', epoch: 1, since: 0 },
  connection: 'any',
};
const rig = { steps: of(connected), places: new Places('h'), delays: new Delays() };

describe('the troubles of a host', () => {
  it('should not go on when the last subscriber of a live state has left', () => {
    const troubles: unknown[] = [];
    const marks = (onRegistered: () => void) => {
      onRegistered();
      return NEVER;
    };
    const live = new LiveState({
      ...rig,
      readerOf: () => ({ marks, list: refuse, fetch: refuse }),
      onTrouble: (_what, error) => troubles.push(error),
    });
    live.objects.subscribe().unsubscribe();
    expect(troubles).to.deep.equal([refused, undefined]);
  });

  it('should not go on when the last subscriber of an event stream has left', () => {
    const troubles: unknown[] = [];
    const stream = new HostStream({
      ...rig,
      listen: refuse,
      lossesOf: () => NEVER,
      onTrouble: (error) => troubles.push(error),
      onUnregistered: () => () => undefined,
    });
    stream.items.subscribe().unsubscribe();
    expect(troubles).to.deep.equal([refused, undefined]);
  });
});
