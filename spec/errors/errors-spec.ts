import { expect } from 'chai';
import {
  TimeoutError,
  ConnectionClosedError,
  EventLoopError,
  LibvirtError,
  UnsupportedEventError,
} from '../../lib/errors.js';
import { WaitTimeoutError } from '../../lib/operators/index.js';

const fields = { code: 42, domain: 12, level: 2, message: 'Domain not found', call: 'virDomainLookupByName' };

describe('LibvirtError', () => {
  it('should carry libvirt’s names and the numbers beside them', () => {
    expect(new LibvirtError(fields)).to.include({
      name: 'LibvirtError',
      message: 'Domain not found',
      code: 'VIR_ERR_NO_DOMAIN',
      codeNumber: 42,
      domain: 'VIR_FROM_TEST',
      domainNumber: 12,
      level: 'VIR_ERR_ERROR',
      levelNumber: 2,
      call: 'virDomainLookupByName',
    });
  });

  it('should say unknown, and keep the number, for names newer than the library', () => {
    const error = new LibvirtError({ ...fields, code: 9999, domain: 8888, level: 7 });
    expect(error).to.include({ code: 'unknown', domain: 'unknown', level: 'unknown' });
    expect(error).to.include({ codeNumber: 9999, domainNumber: 8888, levelNumber: 7 });
  });
});

describe('every error', () => {
  const cause = new Error('the cause');
  const errors = {
    LibvirtError: new LibvirtError(fields, { cause }),
    ConnectionClosedError: new ConnectionClosedError('keepalive', 'lost', { cause }),
    UnsupportedEventError: new UnsupportedEventError('domain', 'lifecycle', 'no', { cause }),
    EventLoopError: new EventLoopError('EBADF', 'refused', { cause }),
    TimeoutError: new TimeoutError('virConnectOpen', 50, 'too late', { cause }),
  };

  for (const [name, error] of Object.entries(errors)) {
    it(`should have its name and keep its cause: ${name}`, () => {
      expect(error).to.be.instanceOf(Error);
      expect(error.name).to.equal(name);
      expect(error.constructor.name).to.equal(name);
      expect(error.stack).to.include(name);
      expect(error.cause).to.equal(cause);
      expect(error.code).to.be.a('string').and.not.equal('');
    });
  }

  it('should have its message and its fields in JSON', () => {
    const { LibvirtError: failed, ConnectionClosedError: closed } = errors;
    expect(JSON.parse(JSON.stringify({ failed }))).to.deep.equal({
      failed: Object.assign({ message: 'Domain not found' }, failed),
    });
    expect(JSON.parse(JSON.stringify(closed))).to.deep.equal({
      name: 'ConnectionClosedError',
      message: 'lost',
      code: 'ERR_CONNECTION_CLOSED',
      reason: 'keepalive',
    });
    expect(JSON.parse(JSON.stringify(new WaitTimeoutError(5, 'too long')))).to.include({
      message: 'too long',
      timeout: 5,
    });
  });

  it('should have no cause of its own making', () => {
    expect(new EventLoopError('EBADF', 'refused')).not.to.have.property('cause');
  });
});

describe('ConnectionClosedError', () => {
  it('should say why, for programs', () => {
    const error = new ConnectionClosedError('end-of-file', 'lost');
    expect(error).to.include({ reason: 'end-of-file', code: 'ERR_CONNECTION_CLOSED' });
  });
});

describe('UnsupportedEventError', () => {
  it('should say which events', () => {
    const error = new UnsupportedEventError('network', 'metadata-change', 'no');
    expect(error).to.include({ category: 'network', type: 'metadata-change', code: 'ERR_UNSUPPORTED_EVENT' });
    expect(error.mayPass).to.equal(false);
    expect(new UnsupportedEventError('network', 'x', 'no', { mayPass: true }).mayPass).to.equal(true);
  });
});

describe('EventLoopError', () => {
  it('should have the name of an errno as its code', () => {
    expect(new EventLoopError('EALREADY', 'taken').code).to.equal('EALREADY');
  });
});
