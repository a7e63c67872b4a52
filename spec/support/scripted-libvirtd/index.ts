/** What specs use of the scripted libvirtd. */
export { type ClientSession } from './client-session.js';
export { type DomainState, type ModelDomain } from './domain-model.js';
export { type HeldReplies } from './faults.js';
export {
  floodDomainName,
  lifecycleDetails,
  lifecycleEvents,
  type FloodOptions,
  type FloodResult,
} from './flood.js';
export { libvirtErrors, type LibvirtErrorFields } from './messages/error.js';
export {
  encodeEvent,
  events,
  type AnyEvent,
  type EventFamily,
  type EventFields,
  type EventType,
} from './messages/events.js';
export { type TypedParameter } from './messages/typed-parameters.js';
export { encodePacket } from './packet.js';
export { packetTypes, programs, type ProcedureName } from './protocol.js';
export { type Registration } from './registrations.js';
export { RemoteManyScriptedLibvirtds } from './remote/remote-many-scripted-libvirtds.js';
export { RemoteScriptedLibvirtd } from './remote/remote-scripted-libvirtd.js';
export { ScriptedLibvirtd, type EmitOptions, type ScriptedLibvirtdOptions } from './scripted-libvirtd.js';
