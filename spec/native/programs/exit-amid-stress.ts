import { event, RxEventImpl } from '../../../lib/index.js';
import { until } from '../recorded-source.js';
import { specNative } from '../spec-native.js';

event.register(RxEventImpl.shared);
specNative.startEndlessStress(8);
await until(() => specNative.stressState().callbacks > 1000);
process.exit(7);
