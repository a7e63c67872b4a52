/**
 * Some events need a guest that does something. The guest doesn't need an operating system for that. The BIOS loads the
 * first 512 bytes of the disk, and runs them in real mode. A few writes to the ports of a device are enough.
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

/** The guest reports that its balloon has taken so many pages of 4 KiB. The machine's other pages are left to it. */
export const balloonPages = 1024;

// The memory in which a program keeps its virtqueue: a table of descriptors, followed by the ring of the available
// ones. The length of the table depends on the device and on QEMU. A serial device has 32 descriptors in QEMU 7.2 and
// 1024 in 10.0. A network device has 64.
const queuePage = 0x8000;
const queueSizes = [32, 64, 1024];
const message = 0x4000;

/** Starts a legacy virtio device in a PCI slot, so that one of its queues can send. Leaves the device's port in bx. */
const driveVirtio = (slot: number, features: number, queue: number): Instructions => [
  // Enables bus mastering, so that the device may read the queue.
  ...outLong(pciAddress, pciRegister(slot, 0x04)),
  ...outWord(pciValue, 0x07),
  ...portOfSlot(slot),
  // The device's status: reset, acknowledge, driver. Then the features.
  ...outAt(0x12, 0, 1),
  ...outAt(0x12, 3, 1),
  ...outAt(0x04, features, 4),
  ...outAt(0x0e, queue, 2),
  ...outAt(0x08, queuePage >> 12, 4),
  ...outAt(0x12, 7, 1),
];

/** Sends the data that the first descriptor describes. */
const sendFirst = (queue: number): Instructions => [
  // Makes descriptor number 0 available in the ring. The place of the ring depends on the size of the table, so this
  // writes to each possible place. If the table is longer, the write hits only descriptors that are not used.
  ...queueSizes.flatMap((size) => store(queuePage + size * 16, 0x00010000)),
  ...outAt(0x10, queue, 2),
];

export const guestPrograms = {
  nothing: [],
  /** Sends back what comes on the first serial port: waits until the line's status says that there is something. */
  echo: [
    ...[0xba, 0xfd, 0x03, 0xec, 0xa8, 0x01, 0x74, 0xf8], // mov dx, 0x3fd; in al, dx; test al, 1; jz to the start
    ...[0xba, 0xf8, 0x03, 0xec, 0xee, 0xeb, 0xf1], // mov dx, 0x3f8; in al, dx; out dx, al; jmp to the start
  ],
  /** Writes to the first serial port without an end. */
  chatter: [0xba, 0xf8, 0x03, 0xb0, 0x2e, 0xee, 0xeb, 0xfd], // mov dx, 0x3f8; mov al, '.'; out dx, al; jmp to the out
  /** Arms the ib700 watchdog with a timeout of 0 seconds. */
  watchdog: outByte(0x443, 0x0f),
  suspendToMemory: outWord(acpiControl, 0x2400),
  suspendToDisk: outWord(acpiControl, 0x2800),
  powerOff: outWord(acpiControl, 0x2000),
  /** Asks the keyboard controller to reset the machine. */
  reboot: outByte(0x64, 0xfe),
  panic: outByte(0x505, 1),
  crashload: outByte(0x505, 2),
  /** Sets the year to 2030: stops the clock, writes the year, and starts the clock again. */
  setClock: [...realTimeClock(0x0b, 0x82), ...realTimeClock(0x09, 0x30), ...realTimeClock(0x0b, 0x02)],
  /** Tells the balloon, a legacy virtio device, how many pages it holds. */
  balloon: [...portOfSlot(5), ...outAt(0x18, balloonPages, 4)],
  /** Reports, through the ACPI registers for memory hot-plug, that the first slot could not be ejected. */
  refuseMemoryEject: [
    ...outLong(memoryHotplug, 0),
    ...outLong(memoryHotplug + 4, 3),
    ...outLong(memoryHotplug + 8, 1),
  ],
  /** Writes a copy of the boot sector to the second sector, through the BIOS: int 0x13, function 3. */
  writeDisk: [0xb8, 0x01, 0x03, 0xb9, 0x02, 0x00, 0xba, 0x80, 0x00, 0xbb, 0x00, 0x7c, 0xcd, 0x13],
  /** Ejects the second processor through the ACPI registers for processor hot-plug. Selects their newer form first. */
  ejectProcessor: [
    ...outLong(processorHotplug, 0),
    ...outLong(processorHotplug, 1),
    ...outByte(processorHotplug + 4, 8),
  ],
  /** Opens the channel of the guest agent like its driver: sends one message on the control queue. */
  openAgentChannel: [
    // The feature "multiport". Queue 3 is for control messages to the host.
    ...driveVirtio(6, 2, 3),
    // One descriptor: the message of 8 bytes. The message itself: port 1, event 6 "port open", value 1.
    ...store(queuePage, message),
    ...store(queuePage + 8, 8),
    ...store(message, 1),
    ...store(message + 4, 0x00010006),
    ...sendFirst(3),
  ],
  /** Changes the network device's MAC to 52:54:00:00:00:02 like its driver: sends one command on the control queue. */
  changeMac: [
    // The features "control queue" and "set MAC by command".
    ...driveVirtio(7, 0x00820000, 2),
    // Two descriptors: the command of 8 bytes, and one byte for the answer. The command itself: class 1, "set", the
    // MAC.
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
