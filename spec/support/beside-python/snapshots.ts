import type { Domain, DomainCheckpoint, Snapshot } from '../../../lib/index.js';
import type { Comparison } from './comparison.js';
import { names } from './names.js';

/** A domain with the snapshots first and second, the child of first: Python's `kept`, `first` and `second`. */
export interface ComparedSnapshots {
  readonly domain: Domain;
  readonly first: Snapshot;
  readonly second: Snapshot;
}

export const snapshotComparisons: readonly Comparison<ComparedSnapshots>[] = [
  {
    call: 'virDomainListAllSnapshots',
    python: 'names(kept.listAllSnapshots())',
    rxvirt: ({ domain }) => names(domain.listSnapshots()),
  },
  {
    call: 'virDomainListAllSnapshots',
    python:
      'names(kept.listAllSnapshots(libvirt.VIR_DOMAIN_SNAPSHOT_LIST_ROOTS | libvirt.VIR_DOMAIN_SNAPSHOT_LIST_NO_LEAVES))',
    rxvirt: ({ domain }) => names(domain.listSnapshots({ roots: true, leaves: false })),
  },
  {
    call: 'virDomainSnapshotLookupByName',
    python: "kept.snapshotLookupByName('first').getName()",
    rxvirt: async ({ domain }) => (await domain.lookupSnapshotByName('first')).name,
  },
  {
    call: 'virDomainSnapshotCurrent',
    python: 'kept.snapshotCurrent().getName()',
    rxvirt: async ({ domain }) => (await domain.currentSnapshot()).name,
  },
  {
    call: 'virDomainHasCurrentSnapshot',
    python: 'kept.hasCurrentSnapshot()',
    rxvirt: ({ domain }) => domain.hasCurrentSnapshot(),
  },
  {
    call: 'virDomainSnapshotGetXMLDesc',
    python: 'second.getXMLDesc()',
    rxvirt: ({ second }) => second.xml(),
  },
  {
    call: 'virDomainSnapshotIsCurrent',
    python: 'first.isCurrent()',
    rxvirt: ({ first }) => first.isCurrent(),
  },
  {
    call: 'virDomainSnapshotIsCurrent',
    python: 'second.isCurrent()',
    rxvirt: ({ second }) => second.isCurrent(),
  },
  {
    call: 'virDomainSnapshotHasMetadata',
    python: 'first.hasMetadata()',
    rxvirt: ({ first }) => first.hasMetadata(),
  },
  {
    call: 'virDomainSnapshotGetParent',
    python: 'second.getParent().getName()',
    rxvirt: async ({ second }) => (await second.parent()).name,
  },
  {
    call: 'virDomainSnapshotListAllChildren',
    python: 'names(first.listAllChildren())',
    rxvirt: ({ first }) => names(first.listChildren()),
  },
];

/** A domain with two checkpoints: Python's `dom`, `before` and `after`. */
export interface ComparedCheckpoints {
  readonly domain: Domain;
  readonly before: DomainCheckpoint;
  readonly after: DomainCheckpoint;
}

export const checkpointComparisons: readonly Comparison<ComparedCheckpoints>[] = [
  {
    call: 'virDomainListAllCheckpoints',
    python: 'names(dom.listAllCheckpoints(libvirt.VIR_DOMAIN_CHECKPOINT_LIST_TOPOLOGICAL))',
    rxvirt: ({ domain }) => names(domain.listCheckpoints({ topological: true })),
  },
  {
    call: 'virDomainListAllCheckpoints',
    python: 'names(dom.listAllCheckpoints(libvirt.VIR_DOMAIN_CHECKPOINT_LIST_LEAVES))',
    rxvirt: ({ domain }) => names(domain.listCheckpoints({ leaves: true })),
  },
  {
    call: 'virDomainCheckpointLookupByName',
    python: "dom.checkpointLookupByName('before').getName()",
    rxvirt: async ({ domain }) => (await domain.lookupCheckpointByName('before')).name,
  },
  { call: 'virDomainCheckpointGetXMLDesc', python: 'after.getXMLDesc()', rxvirt: ({ after }) => after.xml() },
  {
    call: 'virDomainCheckpointGetXMLDesc',
    python: 'after.getXMLDesc(libvirt.VIR_DOMAIN_CHECKPOINT_XML_NO_DOMAIN)',
    rxvirt: ({ after }) => after.xml({ noDomain: true }),
  },
  {
    call: 'virDomainCheckpointGetParent',
    python: 'after.getParent().getName()',
    rxvirt: async ({ after }) => (await after.parent()).name,
  },
  {
    call: 'virDomainCheckpointListAllChildren',
    python: 'names(before.listAllChildren())',
    rxvirt: ({ before }) => names(before.listChildren()),
  },
];
