/**
 * Some events need a guest that does something. An operating system is not needed for that: the BIOS loads the first
 * 512 bytes of the disk and runs them in real mode, and a few writes to the ports of a device are enough.
 */
export type Instructions = readonly number[];

const littleEndian = (value: number, bytes: number): number[] =>
  Array.from({ length: bytes }, (_, index) => (value >>> (8 * index)) & 0xff);

/** mov dx, port; mov al, value; out dx, al */
export const outByte = (port: number, value: number): Instructions => [
  0xba,
  ...littleEndian(port, 2),
  0xb0,
  value,
  0xee,
];

/** mov dx, port; mov ax, value; out dx, ax */
export const outWord = (port: number, value: number): Instructions => [
  0xba,
  ...littleEndian(port, 2),
  0xb8,
  ...littleEndian(value, 2),
  0xef,
];

/** mov dx, port; mov eax, value; out dx, eax */
export const outLong = (port: number, value: number): Instructions => [
  0xba,
  ...littleEndian(port, 2),
  0x66,
  0xb8,
  ...littleEndian(value, 4),
  0x66,
  0xef,
];

/** mov dword [address], value */
const store = (address: number, value: number): Instructions => [
  0x66,
  0xc7,
  0x06,
  ...littleEndian(address, 2),
  ...littleEndian(value, 4),
];

const pciAddress = 0xcf8;
const pciValue = 0xcfc;
const pciRegister = (slot: number, register: number): number => (0x80000000 | (slot << 11) | register) >>> 0;

/** Leaves in bx the first I/O port of the device in a PCI slot: in eax, dx; and al, 0xfc; mov bx, ax */
const portOfSlot = (slot: number): Instructions => [
  ...outLong(pciAddress, pciRegister(slot, 0x10)),
  ...[0xba, ...littleEndian(pciValue, 2), 0x66, 0xed, 0x24, 0xfc, 0x89, 0xc3],
];

/** lea dx, [bx + offset]; mov eax, value; out dx, al, ax or eax */
const outAt = (offset: number, value: number, bytes: 1 | 2 | 4): Instructions => [
  ...[0x8d, 0x57, offset, 0x66, 0xb8, ...littleEndian(value, 4)],
  ...{ 1: [0xee], 2: [0xef], 4: [0x66, 0xef] }[bytes],
];

const acpiControl = 0x604;
const memoryHotplug = 0xa00;
const processorHotplug = 0xaf00;
const realTimeClock = (register: number, value: number): Instructions => [
  ...outByte(0x70, register),
  ...outByte(0x71, value),
];

/** Pages of 4 KiB that the guest says its balloon leaves it are the machine's less these. */
export const balloonPages = 1024;

// Where a program keeps its virtqueue: a table of descriptors, and behind it the ring of the available ones. How long
// the table is depends on the device and on QEMU; for a serial device 32 descriptors in 7.2 and 1024 in 10.0, for a
// network device 64.
const queuePage = 0x8000;
const queueSizes = [32, 64, 1024];
const message = 0x4000;

/** Makes the driver of an old virtio device of a PCI slot ready to send on one of its queues; its port is left in bx. */
const driveVirtio = (slot: number, features: number, queue: number): Instructions => [
  // Bus mastering, so that the device may read the queue.
  ...outLong(pciAddress, pciRegister(slot, 0x04)),
  ...outWord(pciValue, 0x07),
  ...portOfSlot(slot),
  // Reset, acknowledge, driver; the features.
  ...outAt(0x12, 0, 1),
  ...outAt(0x12, 3, 1),
  ...outAt(0x04, features, 4),
  ...outAt(0x0e, queue, 2),
  ...outAt(0x08, queuePage >> 12, 4),
  ...outAt(0x12, 7, 1),
];

/** Sends what the first descriptor describes. */
const sendFirst = (queue: number): Instructions => [
  // In the ring of available descriptors one, number 0; descriptors that lie where it would be are not used.
  ...queueSizes.flatMap((size) => store(queuePage + size * 16, 0x00010000)),
  ...outAt(0x10, queue, 2),
];

export const guestPrograms = {
  nothing: [],
  /** Arms the ib700 watchdog with a timeout of no seconds. */
  watchdog: outByte(0x443, 0x0f),
  suspendToMemory: outWord(acpiControl, 0x2400),
  suspendToDisk: outWord(acpiControl, 0x2800),
  powerOff: outWord(acpiControl, 0x2000),
  /** Asks the keyboard controller to reset the machine. */
  reboot: outByte(0x64, 0xfe),
  panic: outByte(0x505, 1),
  crashload: outByte(0x505, 2),
  /** Sets the year to 2030: halts the clock, writes, lets it run. */
  setClock: [...realTimeClock(0x0b, 0x82), ...realTimeClock(0x09, 0x30), ...realTimeClock(0x0b, 0x02)],
  /** Tells the balloon, a virtio device of the old kind, how many pages it holds. */
  balloon: [...portOfSlot(5), ...outAt(0x18, balloonPages, 4)],
  /** Says by the ACPI registers of memory hot-plug that the eject of the first slot has failed. */
  refuseMemoryEject: [
    ...outLong(memoryHotplug, 0),
    ...outLong(memoryHotplug + 4, 3),
    ...outLong(memoryHotplug + 8, 1),
  ],
  /** Writes the boot sector over the second sector by the BIOS: int 0x13, function 3. */
  writeDisk: [0xb8, 0x01, 0x03, 0xb9, 0x02, 0x00, 0xba, 0x80, 0x00, 0xbb, 0x00, 0x7c, 0xcd, 0x13],
  /** Ejects the second processor by the ACPI registers of processor hot-plug, after choosing their newer form. */
  ejectProcessor: [
    ...outLong(processorHotplug, 0),
    ...outLong(processorHotplug, 1),
    ...outByte(processorHotplug + 4, 8),
  ],
  /** Opens the channel of the guest agent as its driver would: one message on the control queue. */
  openAgentChannel: [
    // The feature "multiport"; queue 3 carries control messages to the host.
    ...driveVirtio(6, 2, 3),
    // One descriptor: the message, 8 bytes. The message: port 1, event 6 "port open", value 1.
    ...store(queuePage, message),
    ...store(queuePage + 8, 8),
    ...store(message, 1),
    ...store(message + 4, 0x00010006),
    ...sendFirst(3),
  ],
  /** Changes the MAC of its network device to 52:54:00:00:00:02 as the driver would: one command on the control queue. */
  changeMac: [
    // The features "control queue" and "set MAC by command".
    ...driveVirtio(7, 0x00820000, 2),
    // Two descriptors: the command, 8 bytes, and a byte for the answer. The command: class 1, "set", and the MAC.
    ...store(queuePage, message),
    ...store(queuePage + 8, 8),
    ...store(queuePage + 12, 0x00010001),
    ...store(queuePage + 16, message + 8),
    ...store(queuePage + 24, 1),
    ...store(queuePage + 28, 2),
    ...store(message, 0x54520101),
    ...store(message + 4, 0x02000000),
    ...sendFirst(2),
  ],
} as const satisfies Record<string, Instructions>;

export type GuestProgramName = keyof typeof guestPrograms;

const sectorSize = 512;
const haltForEver = [0xfa, 0xf4, 0xeb, 0xfd];

/** The image of a disk of `size` bytes that runs instructions and then halts. */
export function bootableImage(instructions: Instructions, size = 1 << 20): Buffer {
  const code = [...instructions, ...haltForEver];
  if (code.length > sectorSize - 2) throw new RangeError('the program does not fit into a boot sector');
  const image = Buffer.alloc(size);
  image.set(code);
  image.writeUInt16LE(0xaa55, sectorSize - 2);
  return image;
}
