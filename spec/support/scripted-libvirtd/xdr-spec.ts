import { expect } from 'chai';
import { array, hyper, int, optional, string, struct } from './codec.js';
import { typedParameters, type TypedParameter } from './messages/typed-parameters.js';
import { uuidBytes, uuidText } from './messages/objects.js';
import { XdrReader, XdrWriter } from './xdr.js';

function written(write: (to: XdrWriter) => void): Buffer {
  const to = new XdrWriter();
  write(to);
  return to.finish();
}

describe('XDR', () => {
  it('should write integers big-endian, to both ends of their ranges', () => {
    expect(written((to) => to.int(-2)).toString('hex')).to.equal('fffffffe');
    expect(written((to) => to.int(-(2 ** 31))).toString('hex')).to.equal('80000000');
    expect(written((to) => to.uint(2 ** 32 - 1)).toString('hex')).to.equal('ffffffff');
    expect(written((to) => to.hyper(-(2n ** 63n))).toString('hex')).to.equal('8000000000000000');
    expect(written((to) => to.uhyper(2n ** 64n - 1n)).toString('hex')).to.equal('ffffffffffffffff');
    expect(written((to) => to.hyper(258)).toString('hex')).to.equal('0000000000000102');
  });

  it('should refuse integers beyond their ranges', () => {
    expect(() => written((to) => to.int(2 ** 31))).to.throw(RangeError);
    expect(() => written((to) => to.uint(-1))).to.throw(RangeError);
    expect(() => written((to) => to.hyper(2n ** 63n))).to.throw(RangeError);
    expect(() => written((to) => to.uhyper(-1))).to.throw(RangeError);
  });

  it('should pad strings with zeros to four bytes', () => {
    expect(written((to) => to.string('')).toString('hex')).to.equal('00000000');
    expect(written((to) => to.string('abcde')).toString('hex')).to.equal('000000056162636465000000');
    expect(written((to) => to.string('abcd')).toString('hex')).to.equal('0000000461626364');
  });

  it('should count the bytes of a string, not its characters', () => {
    expect(written((to) => to.string('é')).toString('hex')).to.equal('00000002c3a90000');
  });

  it('should write bytes that are not UTF-8 as they are', () => {
    expect(written((to) => to.string(Buffer.from([0xff, 0x00, 0xfe]))).toString('hex')).to.equal(
      '00000003ff00fe00',
    );
  });

  it('should read back what it wrote, and nothing more', () => {
    const bytes = written((to) => {
      to.int(-7);
      to.double(0.1);
      to.string('x'.repeat(65_537));
      to.opaque(Buffer.from('abc'));
      to.uhyper(1n << 63n);
    });
    const from = new XdrReader(bytes);
    expect(from.int()).to.equal(-7);
    expect(from.double()).to.equal(0.1);
    expect(from.string()).to.equal('x'.repeat(65_537));
    expect(from.opaque(3).toString()).to.equal('abc');
    expect(from.uhyper()).to.equal(1n << 63n);
    expect(from.remaining).to.equal(0);
    expect(() => from.int()).to.throw(RangeError);
  });

  it('should not read a string longer than what is there', () => {
    expect(() => new XdrReader(Buffer.from('7fffffff61626364', 'hex')).string()).to.throw(RangeError);
  });
});

describe('codec', () => {
  it('should write optional values, arrays and structures in the order of their fields', () => {
    const codec = struct({ b: optional(int), a: array(string), c: optional(hyper) });
    const bytes = written((to) => codec.write(to, { a: ['x', 'yz'], b: null, c: 5 }));
    expect(bytes.toString('hex')).to.equal(
      '00000000' + '00000002' + '0000000178000000' + '00000002797a0000' + '00000001' + '0000000000000005',
    );
    expect(codec.read(new XdrReader(bytes))).to.deep.equal({ a: ['x', 'yz'], b: null, c: 5n });
  });

  it('should carry every type of typed parameter', () => {
    const parameters: TypedParameter[] = [
      { field: 'int', type: 'int', value: -1 },
      { field: 'uint', type: 'uint', value: 4_294_967_295 },
      { field: 'llong', type: 'llong', value: -(2n ** 63n) },
      { field: 'ullong', type: 'ullong', value: 2n ** 64n - 1n },
      { field: 'double', type: 'double', value: -0.5 },
      { field: 'boolean', type: 'boolean', value: 1 },
      { field: 'string', type: 'string', value: 'text' },
    ];
    const bytes = written((to) => typedParameters.write(to, parameters));
    expect(typedParameters.read(new XdrReader(bytes))).to.deep.equal(parameters);
  });

  it('should take UUIDs as text and as bytes', () => {
    const text = '00112233-4455-6677-8899-aabbccddeeff';
    expect(uuidBytes(text).toString('hex')).to.equal('00112233445566778899aabbccddeeff');
    expect(uuidText(uuidBytes(text))).to.equal(text);
    expect(() => uuidBytes('0011')).to.throw(RangeError);
  });
});
