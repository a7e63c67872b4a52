import { expect } from 'chai';
import { encodePacket, PacketParser, type Packet } from './packet.js';
import { packetTypes, procedureName, programs } from './protocol.js';
import { fromJson, toJsonLine } from './remote/json-lines.js';

const call = { program: programs.remote, procedure: 34, type: packetTypes.call, serial: 9 };

describe('packet', () => {
  it('should begin with its own length and a header of six words', () => {
    const bytes = encodePacket(call, Buffer.from('abcd'));
    expect(bytes.toString('hex')).to.equal(
      '00000020' + '20008086' + '00000001' + '00000022' + '00000000' + '00000009' + '00000000' + '61626364',
    );
  });

  it('should be found in the stream however its bytes arrive', () => {
    const stream = Buffer.concat([
      encodePacket(call, Buffer.from('abcd')),
      encodePacket({ ...call, serial: 10 }),
    ]);
    for (const size of [1, 3, 31, 32, 33, stream.length]) {
      const parser = new PacketParser();
      const packets: Packet[] = [];
      for (let at = 0; at < stream.length; at += size)
        packets.push(...parser.push(stream.subarray(at, at + size)));
      expect(packets.map(({ header }) => header.serial)).to.deep.equal([9, 10]);
      expect(packets[0]?.payload.toString()).to.equal('abcd');
    }
  });

  it('should not be made of a length word that libvirt would refuse', () => {
    expect(() => [...new PacketParser().push(Buffer.from('0000001b', 'hex'))]).to.throw(RangeError);
    expect(() => [...new PacketParser().push(Buffer.from('ffffffff', 'hex'))]).to.throw(RangeError);
  });

  it('should be known by the name of its procedure', () => {
    expect(procedureName(programs.remote, 34)).to.equal('domain-suspend');
    expect(procedureName(programs.remote, 9999)).to.equal('procedure-9999');
    expect(procedureName(programs.qemu, 4)).to.equal('qemu-connect-domain-monitor-event-register');
  });
});

describe('JSON lines', () => {
  it('should carry bigint, bytes and every number', () => {
    const value = { a: [1n << 70n, Buffer.from([0xff, 0]), NaN], b: { c: -Infinity, d: null, e: 'x\n' } };
    const line = toJsonLine(value);
    expect(line.indexOf('\n')).to.equal(line.length - 1);
    expect(fromJson(line)).to.deep.equal(value);
  });
});
