import { expect } from 'chai';
import { isAtLeast } from '../installed/installed-libvirt.js';
import { ScriptedLibvirtd } from './index.js';
import { Virsh } from './virsh.js';

const uuid = (last: number): string => `00000000-0000-4000-8000-${String(last).padStart(12, '0')}`;

describe('the objects of the scripted libvirtd', () => {
  let daemon: ScriptedLibvirtd;

  /** What virsh prints: each line without its rulers and its extra spaces. */
  async function printed(...given: readonly string[]): Promise<string[]> {
    const virsh = new Virsh(daemon.uri, ...given);
    expect(await virsh.ends(), virsh.errors).to.equal(0);
    const lines = virsh.output.split('\n').map((line) => line.trim().replace(/ +/g, ' '));
    return lines.filter((line) => !/^-*$/.test(line));
  }

  beforeEach(async () => {
    daemon = await ScriptedLibvirtd.start();
  });
  afterEach(() => daemon.close());

  it('should be listed by what virsh asks for: domains', async () => {
    daemon.domains.add('passing', uuid(1), 'running', false);
    // virsh sorts those that run before the others.
    expect(await printed('list', '--all', '--name')).to.deep.equal(['alpha', 'beta', 'passing', 'gamma']);
    expect(await printed('list', '--all', '--name', '--transient')).to.deep.equal(['passing']);
    expect(await printed('list', '--all', '--name', '--persistent')).to.deep.equal([
      'alpha',
      'beta',
      'gamma',
    ]);
    expect(await printed('list', '--name', '--persistent')).to.deep.equal(['alpha', 'beta']);
  });

  it('should be listed by what virsh asks for: networks and storage pools', async () => {
    daemon.inventory.networks.push({ name: 'stopped', uuid: uuid(2), isActive: false, startsWithHost: true });
    daemon.inventory.networks.push({ name: 'passing', uuid: uuid(3), isPersistent: false });
    expect(await printed('net-list', '--all')).to.deep.equal([
      'Name State Autostart Persistent',
      'default active no yes',
      'passing active no no',
      'stopped inactive yes yes',
    ]);
    expect(await printed('net-list', '--inactive', '--name')).to.deep.equal(['stopped']);
    expect(await printed('net-list', '--all', '--transient', '--name')).to.deep.equal(['passing']);
    daemon.inventory.storagePools.push({ name: 'stopped', uuid: uuid(4), isActive: false });
    daemon.inventory.storagePools.push({ name: 'passing', uuid: uuid(5), isPersistent: false });
    expect(await printed('pool-list')).to.include('default active no');
    expect(await printed('pool-list', '--all', '--name')).to.deep.equal(['default', 'passing', 'stopped']);
    expect(await printed('pool-list', '--inactive', '--name')).to.deep.equal(['stopped']);
    expect(await printed('pool-list', '--transient', '--name')).to.deep.equal(['passing']);
    expect(await printed('pool-info', 'default')).to.include.members(['State: running', 'Persistent: yes']);
    expect(await printed('pool-info', 'stopped')).to.include('State: inactive');
  });

  it('should be listed by what virsh asks for: devices, secrets, interfaces and filters', async () => {
    daemon.inventory.nodeDevices.push({ name: 'stopped', isActive: false });
    daemon.inventory.nodeDevices.push({ name: 'passing', isPersistent: false });
    if (isAtLeast(7, 8)) {
      expect(await printed('nodedev-list', '--all')).to.deep.equal(['computer', 'passing', 'stopped']);
      expect(await printed('nodedev-list', '--inactive')).to.deep.equal(['stopped']);
      expect(await printed('nodedev-info', 'stopped')).to.include.members(['Active: no', 'Persistent: yes']);
      expect(await printed('nodedev-info', 'passing')).to.include.members(['Active: yes', 'Persistent: no']);
    }
    daemon.inventory.secrets.push({ uuid: uuid(6), usageType: 2, usageId: 'x', isEphemeral: true });
    const [, ...secrets] = await printed('secret-list');
    expect(secrets).to.deep.equal([
      `${uuid(6)} ceph x`,
      '5ec40000-0000-4000-8000-000000000001 volume /secret/volume',
    ]);
    expect(await printed('secret-list', '--ephemeral')).to.have.length(2);
    expect(await printed('secret-list', '--private')).to.have.length(1);
    daemon.inventory.interfaces.push({ name: 'eth1', mac: '52:54:00:00:00:02', isActive: false });
    expect((await printed('iface-list', '--all')).slice(1)).to.deep.equal([
      'eth0 active 52:54:00:00:00:01',
      'eth1 inactive 52:54:00:00:00:02',
    ]);
    expect((await printed('iface-list', '--inactive')).slice(1)).to.have.length(1);
    expect((await printed('nwfilter-list')).slice(1)).to.deep.equal([
      'f1170000-0000-4000-8000-000000000001 clean-traffic',
    ]);
  });

  it('should give the statistics of all domains, of those that the flags select, or of those that are named', async () => {
    daemon.domains.add('passing', uuid(1), 'paused', false);
    expect(await printed('domstats', '--state')).to.have.length(12);
    expect(await printed('domstats', '--state', '--list-transient')).to.deep.equal([
      "Domain: 'passing'",
      'state.state=3',
      'state.reason=0',
    ]);
    expect(await printed('domstats', '--state', '--list-persistent', '--list-inactive')).to.deep.equal([
      "Domain: 'gamma'",
      'state.state=5',
      'state.reason=0',
    ]);
    expect(await printed('domstats', '--state', 'beta', 'passing')).to.have.length(6);
    expect(await printed('domstats', '--vcpu', 'beta')).to.deep.equal(["Domain: 'beta'"]);
  });

  it('should lose a transient domain when it stops', async () => {
    daemon.domains.add('passing', uuid(1), 'running', false);
    await printed('destroy', 'passing');
    expect(await printed('list', '--all', '--name')).to.deep.equal(['alpha', 'beta', 'gamma']);
  });
});
