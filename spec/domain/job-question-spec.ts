import { expect } from 'chai';
import { Question } from '../../lib/domain/job-question.js';
import { LibvirtError } from '../../lib/index.js';
import { rejection } from '../support/rejection.js';

describe('a question for a job', () => {
  const failure = (code: number) =>
    new LibvirtError({ code, domain: 10, level: 2, call: 'virDomainGetJobStats', message: 'no' });
  const codes = { internalError: 1, operationInvalid: 55, noDomain: 42, noSupport: 3 };
  const failing = (code: number) => new Question(() => Promise.reject(failure(code)));

  it('should be answered by libvirt, with null when there is no job', async () => {
    expect(await new Question((answer: string) => Promise.resolve(answer)).ask('yes', false)).to.equal('yes');
    expect(await new Question(() => Promise.resolve(null)).ask(undefined, false)).to.equal(null);
  });

  it('should have no job when the domain does not run, or is gone after the job has begun', async () => {
    expect(await failing(codes.operationInvalid).ask(undefined, false)).to.equal(null);
    expect(await failing(codes.noDomain).ask(undefined, true)).to.equal(null);
    const gone = await rejection(failing(codes.noDomain).ask(undefined, false));
    expect(gone).to.have.property('code', 'VIR_ERR_NO_DOMAIN');
  });

  it('should have no answer for a while after an internal error', async () => {
    expect(await failing(codes.internalError).ask(undefined, true)).to.equal(undefined);
  });

  it('should fail with other errors', async () => {
    const failed = await rejection(failing(codes.noSupport).ask(undefined, true));
    expect(failed).to.have.property('code', 'VIR_ERR_NO_SUPPORT');
  });
});
