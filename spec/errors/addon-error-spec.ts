import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { addonError } from '../../lib/errors/addon-error.js';

const installed = 'file:///app/node_modules/rxvirt/dist/lib/native.js';
const failure = (code: string, message = 'what Node says') => Object.assign(new Error(message), { code });

describe('an addon that can’t be loaded', () => {
  for (const [what, from, code, says] of [
    [
      'in a bundle',
      'file:///app/bundle.mjs',
      'MODULE_NOT_FOUND',
      /not in this bundle; leave rxvirt external/,
    ],
    ['in a bundle for require()', undefined, 'ERR_INVALID_ARG_VALUE', /not in this bundle/],
    ['where addons are forbidden', installed, 'ERR_DLOPEN_DISABLED', /may not load addons; .*--allow-addons/],
    [
      'that is not built',
      installed,
      'MODULE_NOT_FOUND',
      /is not built; .*`pnpm approve-builds`.*npm rebuild/,
    ],
    [
      'that was built for another system',
      `${installed}?2`,
      'ERR_DLOPEN_FAILED',
      /is damaged, or was built for another system; build it where it runs \(install libvirt-dev.*what Node says/,
    ],
  ] as const) {
    it(`should be said with what to do: ${what}`, () => {
      const cause = failure(code);
      const error = addonError(cause, from);
      expect(error.message)
        .to.match(/^rxvirt's addon could not be loaded: /)
        .and.match(says);
      expect(error.cause).to.equal(cause);
    });
  }

  it('should be said so by Connection.open', async () => {
    const index = new URL('../../lib/index.js', import.meta.url).href;
    const program = `import('${index}').then((rxvirt) => rxvirt.Connection.open('test:///default'))
      .catch(({ message }) => console.log(message));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--no-addons', '-e', program]);
    expect(stdout).to.include('this process may not load addons');
  });
});
