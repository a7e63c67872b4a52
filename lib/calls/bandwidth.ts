import type { Parameters } from './parameters.js';

/**
 * How much traffic passes. Inbound is what the guest receives. The units are libvirt's: kB, which are 1,000 bytes, in a
 * second, and KiB for bursts. 0 is no limit.
 */
export interface Bandwidth {
  readonly inboundAverageKBps?: number;
  /** During a burst. */
  readonly inboundPeakKBps?: number;
  /** How much may come at the peak's speed. */
  readonly inboundBurstKiB?: number;
  /** What it has in any case. */
  readonly inboundFloorKBps?: number;
  readonly outboundAverageKBps?: number;
  /** During a burst. */
  readonly outboundPeakKBps?: number;
  /** How much may go at the peak's speed. */
  readonly outboundBurstKiB?: number;
}

/** libvirt's VIR_DOMAIN_BANDWIDTH_… and VIR_NETWORK_PORT_BANDWIDTH_…, which are the same. */
export const bandwidth: Parameters<Bandwidth> = {
  inboundAverageKBps: ['inbound.average', 'uint'],
  inboundPeakKBps: ['inbound.peak', 'uint'],
  inboundBurstKiB: ['inbound.burst', 'uint'],
  inboundFloorKBps: ['inbound.floor', 'uint'],
  outboundAverageKBps: ['outbound.average', 'uint'],
  outboundPeakKBps: ['outbound.peak', 'uint'],
  outboundBurstKiB: ['outbound.burst', 'uint'],
};
