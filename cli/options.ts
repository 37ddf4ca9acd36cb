import { InvalidArgumentError } from 'commander';

/** `--connection slot=name`, may be repeated. */
export function addConnectionOption(value: string, former: Record<string, string> = {}): Record<string, string> {
  const [slot, name, ...rest] = value.split('=');
  if (!slot || !name || rest.length > 0) throw new InvalidArgumentError('Write it as `slot=name`.');
  return { ...former, [slot]: name };
}

/** `--set name=value`, may be repeated; a value that is JSON is taken as such. */
export function addSetting(value: string, former: Record<string, unknown> = {}): Record<string, unknown> {
  const at = value.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Write it as `name=value`.');
  const [name, text] = [value.slice(0, at), value.slice(at + 1)];
  return { ...former, [name]: jsonOrText(text) };
}

export function addName(value: string, former: readonly string[] = []): string[] {
  return [...former, value];
}

export function wholeNumber(value: string): number {
  if (!/^[1-9][0-9]{0,6}$/.test(value)) throw new InvalidArgumentError('Write a whole number from 1.');
  return Number(value);
}

function jsonOrText(text: string): unknown {
  if (!/^([{["]|true$|false$|null$|-?[0-9]+(\.[0-9]+)?$)/.test(text)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
