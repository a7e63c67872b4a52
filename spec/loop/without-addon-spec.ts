import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);
const mocha = ['node_modules/mocha/bin/mocha.js', '--no-config', '--reporter', 'dot'];

describe('the marble specs', () => {
  it('should pass when Node is not allowed to load addons', async () => {
    const folder = 'dist/spec/loop';
    const specs = [
      `${folder}/from-timeout-spec.js`,
      `${folder}/from-fd-spec.js`,
      `${folder}/loop-turns-spec.js`,
      ...readdirSync(`${folder}/rx-event-impl`, { encoding: 'utf8' })
        .filter((name) => name.endsWith('-spec.js'))
        .map((name) => `${folder}/rx-event-impl/${name}`),
    ];
    const { stdout } = await run(process.execPath, ['--no-addons', ...mocha, ...specs]);
    expect(Number(/(\d+) passing/.exec(stdout)?.[1])).to.be.greaterThan(80);
    expect(stdout).not.to.match(/failing|pending/);
  });

  it('should be unable to load the addon then', async () => {
    const load =
      "import('./dist/lib/native.js').then(({ native }) => native()).catch((e) => console.log(e.cause.code))";
    const { stdout } = await run(process.execPath, ['--no-addons', '--eval', load]);
    expect(stdout.trim()).to.equal('ERR_DLOPEN_DISABLED');
  });
});
