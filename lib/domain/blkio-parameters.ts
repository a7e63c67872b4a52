import { checkKeys } from '../arguments.js';
import { parametersAs, parametersOf, type Parameters } from '../calls/parameters.js';
import { list, text, unsigned } from '../calls/values.js';
import type { CallArgument, ParameterArrays } from '../native.js';

/**
 * How much a domain may use the host's block devices, by the paths of the devices on the host. It counts for all of the
 * domain's disks on a device.
 */
export interface BlkioParameters {
  /** Its share compared with other domains, from 10 to 1000; 0 for the default. */
  readonly weight?: number;
  /** Its shares of single devices. */
  readonly deviceWeights?: readonly { readonly path: string; readonly weight: number }[];
  /** The most reads in a second. */
  readonly deviceReadIops?: readonly { readonly path: string; readonly iops: number }[];
  /** The most writes in a second. */
  readonly deviceWriteIops?: readonly { readonly path: string; readonly iops: number }[];
  /** The most bytes that it may read in a second. */
  readonly deviceReadBytes?: readonly { readonly path: string; readonly bytesPerSecond: number }[];
  /** The most bytes that it may write in a second. */
  readonly deviceWriteBytes?: readonly { readonly path: string; readonly bytesPerSecond: number }[];
}

/** The parameters as libvirt has them: those of devices are texts, such as `'/dev/sda,500,/dev/sdb,100'`. */
interface BlkioTexts extends Partial<Readonly<Record<DeviceParameter, string>>> {
  readonly weight?: number;
}
type DeviceParameter = Exclude<keyof BlkioParameters, 'weight'>;

/** libvirt's VIR_DOMAIN_BLKIO_…. */
export const blkioParameters: Parameters<BlkioTexts> = {
  weight: ['weight', 'uint'],
  deviceWeights: ['device_weight', 'string'],
  deviceReadIops: ['device_read_iops_sec', 'string'],
  deviceWriteIops: ['device_write_iops_sec', 'string'],
  deviceReadBytes: ['device_read_bytes_sec', 'string'],
  deviceWriteBytes: ['device_write_bytes_sec', 'string'],
};

/** What the number of a device is called, and the greatest that libvirt takes. */
const deviceValues: Readonly<Record<DeviceParameter, readonly [key: string, max: number]>> = {
  deviceWeights: ['weight', 0xffffffff],
  deviceReadIops: ['iops', 0xffffffff],
  deviceWriteIops: ['iops', 0xffffffff],
  deviceReadBytes: ['bytesPerSecond', Number.MAX_SAFE_INTEGER],
  deviceWriteBytes: ['bytesPerSecond', Number.MAX_SAFE_INTEGER],
};

/** The `read` for these parameters. */
export function blkioParametersFound(found: ParameterArrays): BlkioParameters {
  const parameters: Record<string, unknown> = { ...parametersAs<BlkioTexts>(blkioParameters)(found) };
  for (const [name, [key]] of Object.entries(deviceValues)) {
    const list = parameters[name];
    if (list !== undefined) parameters[name] = devicesIn(typeof list === 'string' ? list : '', key);
  }
  return parameters;
}

/** The typed parameters that set these. Throws `TypeError` or `RangeError` for what can't be set. */
export function blkioArgument(parameters: BlkioParameters): CallArgument {
  const owner = 'blkio parameters';
  checkKeys(owner, parameters, Object.keys(blkioParameters));
  const texts: Record<string, unknown> = { ...parameters };
  for (const [name, [key, max]] of Object.entries(deviceValues)) {
    const devices = texts[name];
    if (devices !== undefined) texts[name] = deviceText(name, devices, key, max);
  }
  return parametersOf(owner, texts, blkioParameters);
}

function devicesIn(list: string, key: string): Record<string, string | number>[] {
  const parts = list === '' ? [] : list.split(',');
  return Array.from({ length: Math.floor(parts.length / 2) }, (_, index) => ({
    path: parts[2 * index] ?? '',
    [key]: Number(parts[2 * index + 1]),
  }));
}

function deviceText(name: string, devices: unknown, key: string, max: number): string {
  return list(name, devices)
    .map((device, index) => {
      const place = `${name}[${index}]`;
      checkKeys(place, device, ['path', key]);
      const fields = device as Readonly<Record<string, unknown>>;
      const path = text(`${place}.path`, fields['path'] as string);
      if (path.includes(',')) throw new TypeError(`${place}.path must not contain a comma, got '${path}'`);
      return `${path},${unsigned(`${place}.${key}`, fields[key] as number, max)}`;
    })
    .join(',');
}
