import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { parseOptions } from '../../bin/options.js';
import { inRoot } from '../support/programs/addon-headers.js';

describe('npm start', () => {
  it('should refuse a second URI rather than forget the first one', () => {
    expect(parseOptions(['--uri', 'test:///default', '--uri', 'xen:///system'])).to.deep.equal({
      mistake: '--uri can be given once',
    });
    expect(parseOptions(['--uri', 'test:///default'])).to.deep.equal({ help: false, uri: 'test:///default' });
    expect(parseOptions(['-h'])).to.deep.equal({ help: true });
  });

  it('should say what to do where the host can’t be reached, and show no password', async () => {
    const uri = 'qemu+tcp://ada:s3cret@127.0.0.1:1/system';
    const { code, stderr } = await new Promise<{ code: unknown; stderr: string }>((resolve) => {
      execFile(process.execPath, [inRoot('dist/bin/start.js'), '--uri', uri], (error, _, stderr) => {
        resolve({ code: error?.code, stderr });
      });
    });
    expect(code).to.equal(1);
    expect(stderr).to.match(/^qemu\+tcp:\/\/127\.0\.0\.1:1\/system can't be opened: /);
    expect(stderr).to.include('virsh --readonly --connect URI list').and.not.include('s3cret');
  });
});
