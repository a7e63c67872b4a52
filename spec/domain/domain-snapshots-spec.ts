import { expect } from 'chai';
import {
  fetchDomainSnapshots,
  listDomainSnapshots,
  type FoundSnapshot,
} from '../../lib/domain/domain-snapshots.js';
import { Connection, ConnectionClosedError, LibvirtError } from '../../lib/index.js';
import type { DomainHandle } from '../../lib/native.js';
import { OpenState } from '../support/connection/open-state.js';
import { PrivateLibvirtd } from '../support/libvirtd/private-libvirtd.js';
import { rejection } from '../support/rejection.js';
import { libvirtErrors, ScriptedLibvirtd, type ProcedureName } from '../support/scripted-libvirtd/index.js';

const passing = '00000000-0000-4000-8000-000000000001';
const nobody = '00000000-0000-4000-8000-000000000009';

const words = (found: readonly FoundSnapshot[]): string[] =>
  found.map(({ snapshot: { name, id, state, persistent } }) => `${name} ${id} ${state} ${persistent}`).sort();

describe('the snapshots of domains', () => {
  let daemon: ScriptedLibvirtd;
  let open: OpenState;
  const all = (): readonly DomainHandle[] => daemon.domains.all.map(({ uuid }) => open.refer(uuid));
  const callsSince = (from: number): ProcedureName[] =>
    daemon.calls.slice(from).map(({ procedure }) => procedure);

  beforeEach(async () => {
    daemon = await ScriptedLibvirtd.start();
    daemon.domains.add('passing', passing, 'paused', false);
    open = await OpenState.of(daemon.uri);
  });
  afterEach(async () => {
    await open.close();
    await daemon.close();
  });

  const everything = [
    'alpha 1 running true',
    'beta 2 running true',
    'gamma null shutoff true',
    'passing 3 paused false',
  ];

  it('should be listed by two calls, and have all fields', async () => {
    const from = daemon.calls.length;
    const found = await listDomainSnapshots(open.state);
    expect(words(found)).to.deep.equal(everything);
    expect(callsSince(from)).to.deep.equal(['connect-get-all-domain-stats', 'connect-get-all-domain-stats']);
    expect(found.find(({ snapshot }) => snapshot.uuid === passing)?.snapshot).to.deep.equal({
      name: 'passing',
      uuid: passing,
      id: 3,
      state: 'paused',
      reason: 'unknown',
      stateNumber: 3,
      reasonNumber: 0,
      persistent: false,
    });
  });

  it('should be fetched by the handles of a listing with two calls, without a look-up', async () => {
    const listed = await listDomainSnapshots(open.state);
    const { uuid } = daemon.domains.get({ name: 'alpha' });
    daemon.domains.act('suspend', uuid);
    const from = daemon.calls.length;
    const found = await fetchDomainSnapshots(
      open.state,
      listed.map(({ handle }) => handle()),
    );
    expect(words(found)).to.deep.equal(['alpha 1 paused true', ...everything.slice(1)]);
    expect(callsSince(from)).to.deep.equal(['connect-get-all-domain-stats', 'connect-get-all-domain-stats']);
  });

  it('should be fetched by one call when all are persistent', async () => {
    const listed = await listDomainSnapshots(open.state);
    const from = daemon.calls.length;
    const persistent = listed.filter(({ snapshot }) => snapshot.persistent);
    const handles = persistent.map(({ handle }) => handle());
    expect(words(await fetchDomainSnapshots(open.state, handles))).to.deep.equal(everything.slice(0, 3));
    expect(callsSince(from)).to.have.length(1);
  });

  it('should be fetched by handles that were made without asking libvirt', async () => {
    expect(words(await fetchDomainSnapshots(open.state, all()))).to.deep.equal(everything);
  });

  it('should leave out domains that are gone, whether libvirt’s object of them is known or not', async () => {
    const listed = await listDomainSnapshots(open.state);
    daemon.domains.undefine(daemon.domains.get({ name: 'gamma' }).uuid);
    daemon.domains.act('destroy', passing);
    const handles = [...listed.map(({ handle }) => handle()), open.refer(nobody)];
    expect(words(await fetchDomainSnapshots(open.state, handles))).to.deep.equal(everything.slice(0, 2));
  });

  it('should be none, without a call of the function, when all are gone', async () => {
    const from = daemon.calls.length;
    expect(await fetchDomainSnapshots(open.state, [open.refer(nobody)])).to.deep.equal([]);
    expect(new Set(callsSince(from))).to.deep.equal(new Set(['domain-lookup-by-uuid']));
  });

  it('should tell a domain as transient from the fetch on in which it is no longer persistent', async () => {
    const { uuid } = daemon.domains.add('other', nobody, 'running', true);
    const handle = open.refer(uuid);
    expect(words(await fetchDomainSnapshots(open.state, [handle]))).to.deep.equal(['other 4 running true']);
    daemon.domains.undefine(uuid);
    daemon.domains.add('other', nobody, 'running', false);
    expect(words(await fetchDomainSnapshots(open.state, [handle]))).to.deep.equal(['other 5 running false']);
  });

  for (const [what, error] of [
    ['does not have the call', libvirtErrors.notImplemented('connect-get-all-domain-stats')],
    ['refuses the filters', { code: 8, message: 'invalid argument: unsupported flags' }],
  ] as const) {
    it(`should be read domain by domain when the driver ${what}`, async () => {
      daemon.faults.fail('connect-get-all-domain-stats', error);
      const listed = await listDomainSnapshots(open.state);
      expect(words(listed)).to.deep.equal(everything);
      const handles = [...all(), open.refer(nobody)];
      expect(words(await fetchDomainSnapshots(open.state, handles))).to.deep.equal(everything);
      daemon.domains.act('destroy', passing);
      const known = listed.map(({ handle }) => handle());
      expect(words(await fetchDomainSnapshots(open.state, known))).to.deep.equal(everything.slice(0, 3));
    });
  }

  it('should reject with libvirt’s error in all other cases', async () => {
    daemon.faults.fail('connect-get-all-domain-stats', { code: 1, message: 'internal error: today not' });
    for (const asked of [listDomainSnapshots(open.state), fetchDomainSnapshots(open.state, all())]) {
      const error = await rejection(asked);
      expect(error).to.be.instanceOf(LibvirtError).and.include({ code: 'VIR_ERR_INTERNAL_ERROR' });
      expect(error)
        .to.have.property('message')
        .that.matches(/^the state of (all|4) domains can't be read on .*: internal error: today not$/);
    }
  });

  it('should reject with ConnectionClosedError when the connection is closed meanwhile', async () => {
    const held = daemon.faults.hold('connect-get-all-domain-stats');
    const asked = rejection(listDomainSnapshots(open.state));
    await daemon.waitFor('the call', () => held.waiting > 0 || undefined);
    const closing = open.close();
    open.abandon();
    expect(await asked).to.be.instanceOf(ConnectionClosedError);
    held.release();
    await closing;
  });

  it('should not take handles of two connections, nor none', async () => {
    await using other = await OpenState.of(daemon.uri);
    const { uuid } = daemon.domains.get({ name: 'alpha' });
    for (const handles of [[open.refer(uuid), other.refer(uuid)], []]) {
      expect(await rejection(fetchDomainSnapshots(open.state, handles))).to.be.instanceOf(TypeError);
    }
  });

  it('should be the same on a real libvirtd, with reasons', async () => {
    await using libvirtd = await PrivateLibvirtd.start();
    await using connection = await Connection.open(libvirtd.uri);
    const domain = await connection.lookupDomainByName('test');
    await using real = await OpenState.of(libvirtd.uri);
    await domain.suspend();
    const [listed, ...others] = await listDomainSnapshots(real.state);
    expect(others).to.deep.equal([]);
    expect(listed?.snapshot).to.include({ uuid: domain.uuid, id: 1, state: 'paused', reason: 'user' });
    await domain.resume();
    const fetched = await fetchDomainSnapshots(real.state, [real.refer(domain.uuid), real.refer(nobody)]);
    expect(fetched.map(({ snapshot }) => snapshot)).to.deep.equal([
      {
        name: 'test',
        uuid: domain.uuid,
        id: 1,
        state: 'running',
        reason: 'unpaused',
        stateNumber: 1,
        reasonNumber: 5,
        persistent: true,
      },
    ]);
  });
});
