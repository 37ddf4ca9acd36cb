import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { Failure } from '../../../core/failures.js';

/** Places inside a network that no tenant's address may reach: private, loopback, link-local, CGNAT, reserved, multicast. */
const inside = new BlockList();
for (const [address, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  inside.addSubnet(address, prefix, 'ipv4');
}
/** Of IPv6 only global unicast is public at all; these parts of it are not. */
const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');
for (const [address, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  inside.addSubnet(address, prefix, 'ipv6');
}

/**
 * True for an address of the public internet. Mapped, translated (NAT64) and zoned IPv6 addresses are refused as a
 * form, whatever they embed, since no public service needs them.
 */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !inside.check(address, 'ipv4');
  if (family !== 6 || address.includes('%')) return false;
  return globalUnicast.check(address, 'ipv6') && !inside.check(address, 'ipv6');
}

/** `host:port` or `host:low-high` entries of the operator's EGRESS_ALLOW. */
export class AllowedPlaces {
  readonly #places: readonly { readonly host: string; readonly low: number; readonly high: number }[];

  constructor(entries: readonly string[]) {
    this.#places = entries.map((entry) => {
      const match = /^(.+):(\d+)(?:-(\d+))?$/.exec(entry);
      if (match === null) throw new TypeError(`EGRESS_ALLOW entry ${entry} is not host:port`);
      return { host: normalHost(match[1] as string), low: Number(match[2]), high: Number(match[3] ?? match[2]) };
    });
  }

  has(host: string, port: number): boolean {
    const name = normalHost(host);
    return this.#places.some((place) => place.host === name && port >= place.low && port <= place.high);
  }
}

export function normalHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
}

/** `host:port` with the host in its normal form. */
export function normalPlace(place: string): string {
  const colon = place.lastIndexOf(':');
  return `${normalHost(place.slice(0, colon))}:${place.slice(colon + 1)}`;
}

/** All addresses of a name; what the system's resolver answers unless a test stands in. */
export type Lookup = (name: string) => Promise<readonly { readonly address: string; readonly family: number }[]>;

/**
 * Resolves a host to one address that may be connected to; the caller connects to exactly that address (pinned), so a
 * name that changes its mind between check and connect gains nothing. Throws `egress/address_refused`, the same for
 * every reason, so that answers tell nothing about the inside.
 */
export async function resolveGuarded(
  host: string,
  port: number,
  allowed: AllowedPlaces,
  look: Lookup = systemLookup,
): Promise<{ address: string; family: 4 | 6 }> {
  const name = normalHost(host);
  const found = isIP(name) > 0 ? [{ address: name, family: isIP(name) }] : await lookupAll(name, look);
  const isAllowed = allowed.has(name, port);
  const usable = found.find((candidate) => isAllowed || isPublicAddress(candidate.address));
  if (usable === undefined || (!isAllowed && found.some((candidate) => !isPublicAddress(candidate.address))))
    throw addressRefused();
  return { address: usable.address, family: usable.family === 6 ? 6 : 4 };
}

const systemLookup: Lookup = (name) => lookup(name, { all: true, verbatim: true });

async function lookupAll(name: string, look: Lookup): ReturnType<Lookup> {
  try {
    return await look(name);
  } catch (cause) {
    throw new Failure('egress/unreachable', {
      message: 'The host of this connection cannot be found.',
      hint: 'Check the spelling of the address in the connection.',
      details: { wasSent: false },
      cause,
    });
  }
}

export function addressRefused(): Failure {
  return new Failure('egress/address_refused', {
    message: 'The address of this connection is not allowed.',
    hint: 'Use a public https address; an operator may allow others with EGRESS_ALLOW.',
    details: { wasSent: false },
  });
}
