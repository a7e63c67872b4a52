import { expect } from 'chai';
import { Question } from '../../lib/domain/job-question.js';
import { LibvirtError } from '../../lib/index.js';
import { rejection } from '../support/rejection.js';

describe('a question for a job', () => {
  const failure = (code: number) =>
    new LibvirtError({ code, domain: 10, level: 2, call: 'virDomainGetJobStats', message: 'no' });
  const codes = {
    internalError: 1,
    noSupport: 3,
    invalidArg: 8,
    systemError: 38,
    noDomain: 42,
    operationInvalid: 55,
  };
  const failing = (code: number, eventMs = 0) => new Question(() => Promise.reject(failure(code)), eventMs);

  it('should be answered by libvirt, with null when there is no job', async () => {
    expect(await new Question((answer: string) => Promise.resolve(answer), 0).ask('yes', false)).to.equal(
      'yes',
    );
    expect(await new Question(() => Promise.resolve(null), 0).ask(undefined, false)).to.equal(null);
  });

  it('should have no job when the domain does not run, or is gone after the job has begun', async () => {
    expect(await failing(codes.operationInvalid).ask(undefined, false)).to.equal(null);
    expect(await failing(codes.noDomain).ask(undefined, true)).to.equal(null);
    // The disk has another path after a pivot.
    expect(await failing(codes.invalidArg).ask(undefined, true)).to.equal(null);
  });

  it('should wait for an event, and fail then, when the domain is gone and the job was not seen', async () => {
    const waiting = failing(codes.noDomain, 60_000);
    for (let i = 0; i < 3; i++) expect(await waiting.ask(undefined, false)).to.equal(undefined);
    const over = failing(codes.noDomain, 0);
    let gone: unknown;
    while (gone === undefined) gone = await over.ask(undefined, false).catch((error: unknown) => error);
    expect(gone).to.have.property('code', 'VIR_ERR_NO_DOMAIN');
  });

  it('should have no answer for a while when the hypervisor has none', async () => {
    for (const code of [codes.internalError, codes.systemError])
      expect(await failing(code).ask(undefined, true)).to.equal(undefined);
  });

  it('should fail at once with errors that would be the same again', async () => {
    const failed = await rejection(failing(codes.noSupport).ask(undefined, true));
    expect(failed).to.have.property('code', 'VIR_ERR_NO_SUPPORT');
    const wrong = await rejection(failing(codes.invalidArg).ask(undefined, false));
    expect(wrong).to.have.property('code', 'VIR_ERR_INVALID_ARG');
  });
});
