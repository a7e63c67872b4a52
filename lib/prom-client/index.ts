export { collectHosts, type CollectHostsOptions } from './collect-hosts.js';
export type { HostSource, MeasuredHost } from './host-source.js';
