/** The devices and settings of a guest. Everything except the name has a default. */
export interface DomainOptions {
  name: string;
  uuid?: string;
  memoryMiB?: number;
  /** The greatest memory, for guests with memory devices. The guest gets a NUMA cell too. */
  maximumMemoryMiB?: number;
  acpi?: boolean;
  /** Gives the guest a second processor, which can be unplugged. */
  hasSecondProcessor?: boolean;
  onCrash?: 'destroy' | 'preserve' | 'restart';
  /** XML of more devices, such as this module's functions return. */
  devices?: readonly string[];
}

const twoProcessors = `<vcpu current="2">2</vcpu>
  <vcpus>
    <vcpu id="0" enabled="yes" hotpluggable="no"/>
    <vcpu id="1" enabled="yes" hotpluggable="yes"/>
  </vcpus>`;

/** An emulated PC with a serial console, a USB controller and a balloon, and no operating system. */
export function domainXml(options: DomainOptions): string {
  const {
    name,
    uuid,
    memoryMiB = 32,
    maximumMemoryMiB,
    acpi = false,
    hasSecondProcessor = false,
    onCrash = 'destroy',
    devices = [],
  } = options;
  const dimms =
    maximumMemoryMiB === undefined ? '' : `<maxMemory slots="2" unit="MiB">${maximumMemoryMiB}</maxMemory>`;
  const cell = `<cpu><numa><cell id="0" cpus="0" memory="${memoryMiB}" unit="MiB"/></numa></cpu>`;
  return `<domain type="qemu">
  <name>${name}</name>
  ${uuid === undefined ? '' : `<uuid>${uuid}</uuid>`}
  ${dimms}
  <memory unit="MiB">${memoryMiB}</memory>
  ${hasSecondProcessor ? twoProcessors : '<vcpu>1</vcpu>'}
  <os><type arch="x86_64" machine="pc">hvm</type></os>
  ${acpi ? '<features><acpi/></features>' : ''}
  ${maximumMemoryMiB === undefined ? '' : cell}
  <on_crash>${onCrash}</on_crash>
  <devices>
    <serial type="pty"/>
    <memballoon model="virtio"><address type="pci" slot="0x05"/></memballoon>
    ${devices.join('\n    ')}
  </devices>
</domain>
`;
}

export interface DiskOptions {
  file: string;
  /** For example vda, hda or sda. */
  target: string;
  bus: 'virtio' | 'ide' | 'scsi' | 'usb';
  format?: 'qcow2' | 'raw';
  /** `optional`: the guest starts without the medium when there is no such file. */
  startupPolicy?: 'mandatory' | 'optional';
}

export function diskXml({ file, target, bus, format = 'qcow2' }: DiskOptions): string {
  return `<disk type="file" device="disk">
      <driver name="qemu" type="${format}"/>
      <source file="${file}"/>
      <target dev="${target}" bus="${bus}"/>
    </disk>`;
}

export function cdromXml({ file, target, bus, startupPolicy = 'mandatory' }: DiskOptions): string {
  return `<disk type="file" device="cdrom">
      <driver name="qemu" type="raw"/>
      <source file="${file}" startupPolicy="${startupPolicy}"/>
      <target dev="${target}" bus="${bus}"/>
      <readonly/>
    </disk>`;
}

/** A disk that another process serves by NBD. At an error the guest is paused, and doesn't see the error. */
export function networkDiskXml(socketPath: string, exportName: string): string {
  return `<disk type="network" device="disk">
      <driver name="qemu" type="raw" error_policy="stop" rerror_policy="stop"/>
      <source protocol="nbd" name="${exportName}"><host transport="unix" socket="${socketPath}"/></source>
      <target dev="vda" bus="virtio"/>
    </disk>`;
}

/** A display that VNC clients find on a UNIX socket. */
export function vncXml(socketPath: string): string {
  return `<graphics type="vnc"><listen type="socket" socket="${socketPath}"/></graphics>
    <video><model type="vga"/></video>`;
}

/** The channel for a guest agent, at the PCI slot that the guest programs use. */
export const guestAgentXml = `<controller type="virtio-serial"><address type="pci" slot="0x06"/></controller>
    <channel type="unix">
      <target type="virtio" name="org.qemu.guest_agent.0"/>
      <address type="virtio-serial" controller="0" bus="0" port="1"/>
    </channel>`;

/** A network device whose MAC the guest may change, at the PCI slot that the guest programs use. */
export const trustedNicXml = `<interface type="user" trustGuestRxFilters="yes">
      <mac address="52:54:00:00:00:01"/>
      <model type="virtio"/>
      <address type="pci" slot="0x07"/>
    </interface>`;

export const watchdogXml = '<watchdog model="ib700" action="pause"/>';

export const panicXml = '<panic model="isa"/>';

export const dimmXml =
  '<memory model="dimm"><target><size unit="MiB">128</size><node>0</node></target></memory>';

export const scsiControllerXml = '<controller type="scsi" model="virtio-scsi"/>';

export const usbTabletXml = '<input type="tablet" bus="usb"/>';
