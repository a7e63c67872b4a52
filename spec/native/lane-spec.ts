import { expect } from 'chai';
import { ScriptedConnection } from '../support/connection/scripted-connection.js';
import type { ProcedureName } from '../support/scripted-libvirtd/index.js';
import { turns } from './recorded-source.js';

const procedure: ProcedureName = 'domain-lookup-by-name';
describe('the calls of one connection', () => {
  for (const [width, what, options] of [
    [1, 'one at a time', {}],
    [8, 'as many as callsAtOnce says', { callsAtOnce: 8 }],
  ] as const) {
    it(`should be ${what}, as its daemon counts them, and the others follow`, async () => {
      const calls = 3 * width;
      await using scripted = await ScriptedConnection.open(options);
      const { connection, daemon } = scripted;
      const arrived = () => daemon.calls.filter((call) => call.procedure === procedure).length;
      let held = daemon.faults.hold(procedure);
      const answers = Promise.all(
        Array.from({ length: calls }, () => connection.lookupDomainByName('alpha')),
      );
      expect(connection.stats()).to.include({ callsUnderWay: width, callsWaiting: calls - width });

      const seen: number[] = [];
      for (let due = width; due < calls; due += width) {
        await daemon.waitForCalls(procedure, due);
        await turns(50);
        seen.push(arrived());
        expect(connection.stats()).to.include({ callsUnderWay: width, callsWaiting: calls - due });
        const before = held;
        // The daemon answers these calls, and withholds the answers to the next ones.
        before.release();
        held = daemon.faults.hold(procedure);
      }
      expect(seen).to.deep.equal([width, 2 * width]);
      await daemon.waitForCalls(procedure, calls);
      held.release();
      expect((await answers).map(({ name }) => name)).to.deep.equal(Array(calls).fill('alpha'));
      expect(connection.stats()).to.include({ callsUnderWay: 0, callsWaiting: 0 });
    });
  }
});
