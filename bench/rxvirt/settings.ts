// The key=value arguments of a peer.

const settings = new Map(process.argv.slice(3).map((setting) => split(setting)));

function split(setting: string): [string, string] {
  const at = setting.indexOf('=');
  return [setting.slice(0, at), setting.slice(at + 1)];
}

export function text(key: string, otherwise: string): string {
  return settings.get(key) ?? otherwise;
}

export function number(key: string, otherwise: number): number {
  return Number(settings.get(key) ?? otherwise);
}
