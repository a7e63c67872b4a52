// Imported before the specs and the programs that they start: gives libvirt the native loop.
import { event } from '../../../lib/index.js';

event.registerNative();
