import { event, RxEventImpl } from '../../../lib/index.js';
import { specNative } from '../spec-native.js';

event.register(RxEventImpl.shared);
const [fd] = specNative.pipe();
const add = (kind: 0 | 1, onThread: boolean): number =>
  specNative.idOf(specNative.addSource(kind, fd, kind === 0 ? 0 : -1, onThread));
const result = {
  handles: [add(0, false), add(0, true), event.addHandle(fd, 0, () => {})],
  timeouts: [add(1, true), event.addTimeout(-1, () => {}), add(1, false)],
};
process.stdout.write(JSON.stringify(result));
