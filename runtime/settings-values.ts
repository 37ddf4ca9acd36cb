import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';

/**
 * Turns the text of one variable into its value. Returns undefined when the text has not the shape that the table of
 * settings promises; the reader then makes the sentence.
 */
export type Parse<T> = (text: string) => T | undefined;

export const text: Parse<string> = (value) => value;

export const port: Parse<number> = (value) => wholeNumber(0, 65_535)(value);

export function wholeNumber(low: number, high: number): Parse<number> {
  return (value) => {
    const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
    return number >= low && number <= high ? number : undefined;
  };
}

export function oneOf<const Name extends string>(names: readonly Name[]): Parse<Name> {
  return (value) => names.find((name) => name === value);
}

export const yesOrNo: Parse<boolean> = (value) =>
  ({ true: true, '1': true, yes: true, false: false, '0': false, no: false })[value.toLowerCase()];

export function address(...protocols: readonly string[]): Parse<string> {
  return (value) => {
    const url = URL.canParse(value) ? new URL(value) : undefined;
    return url !== undefined && protocols.includes(url.protocol.slice(0, -1)) ? value : undefined;
  };
}

export const mailAddress: Parse<string> = (value) =>
  /^[^\s@<>,;"]{1,64}@[A-Za-z0-9.-]{1,190}$/.test(value) ? value : undefined;

/** `Name <address>` or a bare address. */
export const sender: Parse<string> = (value) => {
  const [, address] = /^[^<>"\r\n]{1,80} <([^<>]{3,254})>$/.exec(value) ?? [];
  return mailAddress(address ?? value) === undefined ? undefined : value;
};

export const phone: Parse<string> = (value) => (/^\+?[0-9 ()-]{4,30}$/.test(value) ? value : undefined);

/** A text in which the two characters `\n` begin a new line. */
export const lines: Parse<string> = (value) => value.replaceAll('\\n', '\n').slice(0, 2_000);

export const kebabName: Parse<string> = (value) => (/^[a-z][a-z0-9-]{0,60}$/.test(value) ? value : undefined);

/** An origin: scheme, host and port, nothing behind. Without the slash at its end. */
export const webOrigin: Parse<string> = (value) => {
  const isWeb = address('http', 'https')(value) !== undefined && new URL(value).hostname !== '';
  if (!isWeb) return undefined;
  const { pathname, search, hash, username, origin } = new URL(value);
  return pathname === '/' && search === '' && hash === '' && username === '' ? origin : undefined;
};

export const hostName: Parse<string> = (value) => {
  const bare = value.replace(/^\[(.*)\]$/, '$1');
  return isIP(bare) !== 0 || /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/i.test(bare) ? bare : undefined;
};

/** `host:port`, an IPv6 host in brackets. */
export const hostAndPort: Parse<string> = (value) => {
  const [, host, number] = /^(.+):(\d{1,5})$/.exec(value) ?? [];
  if (host === undefined || number === undefined) return undefined;
  return hostName(host) !== undefined && wholeNumber(1, 65_535)(number) !== undefined ? value : undefined;
};

/** A place that connectors may speak to although it is private or plain http. */
export interface EgressRule {
  readonly host: string;
  readonly lowPort: number;
  readonly highPort: number;
}

const egressRule: Parse<EgressRule> = (value) => {
  const [, name, low, high] = /^(.+):(\d{1,5})(?:-(\d{1,5}))?$/.exec(value) ?? [];
  const host = name === undefined ? undefined : hostName(name)?.toLowerCase();
  const [lowPort, highPort] = [Number(low), Number(high ?? low)];
  const isRange = lowPort >= 1 && lowPort <= highPort && highPort <= 65_535;
  return host !== undefined && isRange ? { host, lowPort, highPort } : undefined;
};

export const egressRules: Parse<readonly EgressRule[]> = listOf(egressRule);

/** Single addresses or networks, as `10.0.0.0/8`. */
export const networks: Parse<readonly string[]> = listOf((value) => {
  const [ip, bits, ...rest] = value.split('/');
  const family = isIP(ip ?? '');
  const hasBits = bits === undefined || wholeNumber(0, family === 4 ? 32 : 128)(bits) !== undefined;
  return family !== 0 && hasBits && rest.length === 0 ? value : undefined;
});

export const folders: Parse<readonly string[]> = listOf((value) => (value === '' ? undefined : value));

/** 32 bytes in base64. */
export const masterKey: Parse<Buffer> = (value) => {
  const key = Buffer.from(value, 'base64');
  return key.length === 32 && key.toString('base64') === value ? key : undefined;
};

/** A file's content. */
export const readableFile: Parse<Buffer> = (value) => {
  try {
    return readFileSync(value);
  } catch {
    return undefined;
  }
};

function listOf<T>(parse: Parse<T>): Parse<readonly T[]> {
  return (value) => {
    const parts = value.split(',').map((part) => parse(part.trim()));
    return parts.every((part) => part !== undefined) ? parts : undefined;
  };
}
