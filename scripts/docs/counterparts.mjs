// Functions of libvirt that no method calls, and what there is here instead. The first pattern that fits counts.
/** @type {readonly (readonly [pattern: RegExp, instead: string])[]} */
export const counterparts = [
  [/^virConnectOpen(Auth|ReadOnly)?$/, '`Connection.open(uri, { auth, readOnly })`'],
  [/^virConnectClose$/, '`connection.close()`'],
  [/^virConnectGetURI$/, '`connection.uri`'],
  [/^virConnectSetKeepAlive$/, 'the option `keepAlive` of `Connection.open`'],
  [/^virConnect(Unr|R)egisterCloseCallback$/, '`connection.closed`'],
  [/Event(Der|R)egister(Any)?$/, 'the streams: `connection.domainEvents(type)` and the others'],
  [/^virEvent/, 'the functions of `event`, such as `event.register(impl)` and `event.addHandle(…)`'],
  [
    /(Ref|RecordListFree|(Info|Interface|Lease)Free|[a-z]Free)$/,
    'references and memory are the affair of the objects; `close()` releases all',
  ],
  [/(Get|Set|Reset|Save|Copy|Free|Default)\w*Error(Func|Code|Domain|Message)?$/, '`LibvirtError`'],
  [/^virTypedParam/, 'plain objects'],
  [/^virInitialize$/, 'done when rxvirt is used for the first time'],
  [/^virGetVersion$/, '`connection.libvirtVersion()` has the version of the other side'],
  [/GetConnect$/, 'an object belongs to the connection that made it'],
  [
    /Get(Name|UUID|UUIDString|ID|UsageID|UsageType|Key|PortDev|FilterName)$/,
    'the properties `name`, `uuid`, `id` and so on',
  ],
  [/LookupByUUID$/, 'the same function with a text: `lookup…ByUuid(uuid)`'],
  [
    /^vir(DomainSnapshot|DomainCheckpoint)GetDomain$|^virNetworkPortGetNetwork$/,
    'the object from whose methods it was got',
  ],
  [/^virConnect(NumOf|List(?!All))\w+$/, '`connection.listDomains(…)` and the others (virConnectListAll…)'],
  [/^virNode(NumOf|List)Devices$/, '`connection.listNodeDevices(…)` (virConnectListAllNodeDevices)'],
  [/^virStoragePool(NumOf|List)Volumes$/, '`pool.listVolumes()` (virStoragePoolListAllVolumes)'],
  [
    /^virDomainSnapshot(Num|NumChildren|ListNames|ListChildrenNames)$/,
    '`domain.listSnapshots(…)`, `snapshot.listChildren(…)`',
  ],
  [
    /^virDomain(Create|CreateLinux|DefineXML|Shutdown|Destroy|Undefine|Save|Restore|AttachDevice|DetachDevice|CoreDump|SetMemory|SetMaxMemory|SetVcpus|PinVcpu|GetSchedulerParameters|SetSchedulerParameters)$/,
    'its successor with flags',
  ],
  [/^virNodeDeviceDettach$/, 'its successor: `device.detach(…)` (virNodeDeviceDetachFlags)'],
  [/^virStorageVol(GetInfo|Wipe)$/, 'its successor with flags'],
  [/^virDomainBlockStats$/, 'its successor: `domain.blockStats(disk)` (virDomainBlockStatsFlags)'],
  [/^virDomainGetMaxVcpus$/, '`domain.vcpuCount({ maximum: true })` (virDomainGetVcpusFlags)'],
  [/^virDomainGetJobInfo$/, 'its successor: `domain.jobStats()` (virDomainGetJobStats)'],
  [/^virDomainGetSecurityLabel$/, 'its successor: `domain.securityLabels()` (virDomainGetSecurityLabelList)'],
  [
    /^virDomainMigrate(2|ToURI|ToURI2)?$/,
    'its successor with typed parameters: `domain.migrate(…)`, `domain.migrateToUri(…)`',
  ],
  [/^virStream/, 'streams of Node: `domain.openConsole()`, `volume.download()` and the others'],
  [/^virDomainQemuAttach$/, 'libvirt has removed it: it always fails'],
];
