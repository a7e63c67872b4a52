import { expect } from 'chai';
import type { Domain } from '../../lib/index.js';
import { showLogOnFailure } from '../support/libvirtd/show-log.js';
import type { FakeAgent } from '../support/qemu/fake-agent.js';
import { GuestWithAgent } from '../support/qemu/guest-with-agent.js';
import { requireQemu } from '../support/qemu/require-qemu.js';
import { rejection } from '../support/rejection.js';

describe('the agent of a guest', () => {
  requireQemu();
  let guest: GuestWithAgent;
  let agent: FakeAgent;
  let domain: Domain;
  showLogOnFailure(() => guest.host);

  before(async () => {
    guest = await GuestWithAgent.start();
    ({ agent, domain } = guest);
  });
  beforeEach(() => {
    agent.asked.length = 0;
    agent.answers.clear();
  });
  after(() => guest[Symbol.asyncDispose]());

  it('should be waited for as long as was set', async () => {
    for (const timeout of [30, 0, 'block', 'default'] as const) await domain.setAgentResponseTimeout(timeout);
  });

  it('should be asked commands that libvirt doesn’t know', async () => {
    agent.answers.set('guest-ping', '{}');
    expect(JSON.parse(await domain.qemuAgentCommand('{"execute": "guest-ping"}'))).to.deep.equal({
      return: {},
    });
    const options = { agentTimeoutSeconds: 30 };
    const refused = domain.qemuAgentCommand('{"execute": "guest-none", "arguments": {"a": 1}}', options);
    expect(await rejection(refused)).to.include({ call: 'virDomainQemuAgentCommand' });
    expect(agent.asked).to.deep.equal([
      { execute: 'guest-ping' },
      { execute: 'guest-none', arguments: { a: 1 } },
    ]);
  });

  it('should tell the guest’s name', async () => {
    agent.answers.set('guest-get-host-name', '{"host-name": "webserver"}');
    expect(await domain.hostname({ source: 'agent' })).to.equal('webserver');
  });

  it('should tell and set the guest’s clock', async () => {
    agent.answers.set('guest-get-time', '1700000000123456789');
    agent.answers.set('guest-set-time', '{}');
    expect(await domain.time()).to.deep.equal({ seconds: 1_700_000_000, nanoseconds: 123_456_789 });
    await domain.setTime({ seconds: 5, nanoseconds: 6 });
    await domain.setTime('rtc');
    expect(agent.asked.slice(1)).to.deep.equal([
      { execute: 'guest-set-time', arguments: { time: 5_000_000_006 } },
      { execute: 'guest-set-time' },
    ]);
  });

  it('should set passwords', async () => {
    agent.answers.set('guest-set-user-password', '{}');
    await domain.setUserPassword('root', 'secret', { encrypted: true });
    await domain.setUserPassword('root', 'secret');
    const given = { username: 'root', password: Buffer.from('secret').toString('base64') };
    expect(agent.asked).to.deep.equal([
      { execute: 'guest-set-user-password', arguments: { crypted: true, ...given } },
      { execute: 'guest-set-user-password', arguments: { crypted: false, ...given } },
    ]);
  });

  it('should tell and set the guest’s cpus', async () => {
    const cpus = [0, 1, 2, 5].map((id) => ({ 'logical-id': id, online: id !== 2, 'can-offline': id !== 0 }));
    agent.answers.set('guest-get-vcpus', JSON.stringify(cpus));
    agent.answers.set('guest-set-vcpus', '2');
    expect(await domain.guestVcpus()).to.deep.equal({
      vcpus: [0, 1, 2, 5],
      online: [0, 1, 5],
      offlinable: [1, 2, 5],
    });
    agent.asked.length = 0;
    await domain.setGuestVcpus([1, 5], false);
    expect(agent.asked.at(-1)).to.deep.equal({
      execute: 'guest-set-vcpus',
      arguments: {
        vcpus: [
          { 'logical-id': 1, online: false },
          { 'logical-id': 5, online: false },
        ],
      },
    });
  });

  it('should freeze and thaw file systems', async () => {
    agent.answers.set('guest-fsfreeze-freeze', '3');
    agent.answers.set('guest-fsfreeze-freeze-list', '1');
    agent.answers.set('guest-fsfreeze-thaw', '4');
    agent.answers.set('guest-fstrim', '{"paths": []}');
    expect(await domain.fsFreeze()).to.equal(3);
    expect(await domain.fsThaw()).to.equal(4);
    expect(await domain.fsFreeze({ mountpoints: ['/', '/home'] })).to.equal(1);
    expect(await domain.fsThaw()).to.equal(4);
    await domain.fsTrim({ minimumBytes: 2 ** 33 });
    expect(agent.asked.filter((command) => command.arguments !== undefined)).to.deep.equal([
      { execute: 'guest-fsfreeze-freeze-list', arguments: { mountpoints: ['/', '/home'] } },
      { execute: 'guest-fstrim', arguments: { minimum: 2 ** 33 } },
    ]);
  });

  it('should tell, add, remove and replace SSH keys', async () => {
    agent.answers.set('guest-ssh-get-authorized-keys', '{"keys": ["first", "second"]}');
    agent.answers.set('guest-ssh-add-authorized-keys', '{}');
    agent.answers.set('guest-ssh-remove-authorized-keys', '{}');
    expect(await domain.authorizedSshKeys('root')).to.deep.equal(['first', 'second']);
    await domain.setAuthorizedSshKeys('root', ['a', 'b']);
    await domain.setAuthorizedSshKeys('root', ['c'], { mode: 'append' });
    await domain.setAuthorizedSshKeys('root', ['d'], { mode: 'remove' });
    const set = { username: 'root', keys: ['a', 'b'], reset: true };
    const append = { username: 'root', keys: ['c'], reset: false };
    expect(agent.asked).to.deep.equal([
      { execute: 'guest-ssh-get-authorized-keys', arguments: { username: 'root' } },
      { execute: 'guest-ssh-add-authorized-keys', arguments: set },
      { execute: 'guest-ssh-add-authorized-keys', arguments: append },
      { execute: 'guest-ssh-remove-authorized-keys', arguments: { username: 'root', keys: ['d'] } },
    ]);
  });

  it('should let the guest suspend itself', async () => {
    agent.answers.set('guest-suspend-ram', '{}');
    agent.answers.set('guest-suspend-disk', '{}');
    agent.answers.set('guest-suspend-hybrid', '{}');
    for (const target of ['mem', 'disk', 'hybrid'] as const) await domain.pmSuspend(target);
    expect(agent.asked.map(({ execute }) => execute)).to.deep.equal([
      'guest-suspend-ram',
      'guest-suspend-disk',
      'guest-suspend-hybrid',
    ]);
    // QEMU can't suspend for a while.
    expect(await rejection(domain.pmSuspend('mem', { durationSeconds: 5 }))).to.include({
      code: 'VIR_ERR_ARGUMENT_UNSUPPORTED',
      call: 'virDomainPMSuspendForDuration',
    });
  });
});
