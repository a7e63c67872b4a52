import { expect } from 'chai';
import { AsyncLocalStorage } from 'node:async_hooks';
import { map, take, type Observable } from 'rxjs';
import { fromTimeout } from '../../lib/index.js';
import { Listener } from '../support/connection/listener.js';
import { reportOf } from '../support/programs/run-script.js';
import { ScriptedConnection } from '../support/connection/scripted-connection.js';

describe('the asynchronous context of a subscriber', () => {
  const requests = new AsyncLocalStorage<string>();

  it('should not be that of whoever opened the first connection', async () => {
    expect(await reportOf('first-in-a-request')).to.deep.equal([null, null]);
  });

  for (const frequency of [0, 5]) {
    it(`should not be that of whoever shares its timer of ${frequency} ms`, async () => {
      const contexts = (): Observable<string | undefined> =>
        fromTimeout(frequency).pipe(
          map(() => requests.getStore()),
          take(2),
        );
      const listeners = ['first', 'second'].map((name) => requests.run(name, () => new Listener(contexts)));
      for (const listener of listeners) {
        await listener.completed();
        expect(listener.events).to.deep.equal([undefined, undefined]);
      }
    });
  }

  describe('of a shared registration', () => {
    let scripted: ScriptedConnection;

    beforeEach(async () => {
      scripted = await ScriptedConnection.open();
    });

    afterEach(() => scripted.close());

    it('should be its own when libvirt has acknowledged', async () => {
      const seen: (string | undefined)[] = [];
      const listen = () =>
        Listener.on(({ onRegistered }) =>
          scripted.connection.domainEvents('reboot', {
            onRegistered: () => {
              seen.push(requests.getStore());
              onRegistered();
            },
          }),
        );
      await Promise.all(['first', 'second'].map((name) => requests.run(name, listen)));
      await requests.run('late', listen);
      expect(seen).to.deep.equal(['first', 'second', 'late']);
    });

    it('should be its own even when the last of the wanted kinds is refused', async () => {
      scripted.daemon.faults.refuseEvent('network', 'lifecycle');
      const seen = await requests.run(
        'mine',
        () =>
          new Promise((resolve) => {
            const onRegistered = () => {
              resolve(requests.getStore());
            };
            scripted.connection.events({ categories: ['network'], onRegistered }).subscribe();
          }),
      );
      expect(seen).to.equal('mine');
    });

    it('should not be that of the first subscriber, when libvirt refuses', async () => {
      scripted.daemon.faults.refuseEvent('domain', 'reboot');
      const events = scripted.connection.domainEvents('reboot');
      const refused = ['first', 'second'].map((name) =>
        requests.run(
          name,
          () =>
            new Promise((resolve) => {
              events.subscribe({
                error: () => {
                  resolve(requests.getStore());
                },
              });
            }),
        ),
      );
      expect(await Promise.all(refused)).to.deep.equal([undefined, undefined]);
    });
  });
});
