import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Single addresses and networks such as `10.0.0.0/8`. */
export const networkPattern = '^[0-9A-Fa-f:.]{2,45}(/[0-9]{1,3})?$';

/** Whether every text is an address or a network that can be compared. */
export function isNetwork(text: string): boolean {
  const [address = '', bits] = text.split('/');
  const family = isIP(address);
  return family !== 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)));
}

export function isAddressAllowed(networks: readonly string[], address: string): boolean {
  return networks.length === 0 || isInNetworks(networks, address);
}

/** Whether every address of `inner` is one of `outer` too, both written as single addresses or networks. */
export function isNetworkWithin(inner: string, outer: string): boolean {
  const [innerBase = '', innerBits] = inner.split('/');
  const [outerBase = '', outerBits] = outer.split('/');
  const family = isIP(innerBase);
  if (family === 0 || family !== isIP(outerBase)) return false;
  const whole = family === 4 ? 32 : 128;
  const isNarrower = Number(innerBits ?? whole) >= Number(outerBits ?? whole);
  return isNarrower && isInNetworks([outer], innerBase);
}

/**
 * The address that a request comes from. The header `X-Forwarded-For` is read from its end, as far as listed proxies
 * wrote it; anything before that is what strangers say.
 */
export function addressOf(request: IncomingMessage, trustedProxies: readonly string[]): string {
  const chain = [...forwarded(request), plain(request.socket.remoteAddress ?? '')];
  while (chain.length > 1 && isInNetworks(trustedProxies, chain.at(-1) ?? '')) chain.pop();
  return chain.at(-1) ?? '';
}

function forwarded(request: IncomingMessage): string[] {
  const header = request.headers['x-forwarded-for'];
  const text = Array.isArray(header) ? header.join(',') : (header ?? '');
  return text
    .split(',')
    .map((part) => plain(part.trim()))
    .filter((part) => isIP(part) !== 0);
}

/** IPv4 written as IPv6 counts as IPv4. */
function plain(address: string): string {
  return address.toLowerCase().startsWith('::ffff:') && isIP(address.slice(7)) === 4 ? address.slice(7) : address;
}

function isInNetworks(networks: readonly string[], address: string): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  const list = new BlockList();
  for (const network of networks) {
    if (!isNetwork(network)) continue;
    const [base = '', bits] = network.split('/');
    const type = isIP(base) === 4 ? 'ipv4' : 'ipv6';
    if (bits === undefined) list.addAddress(base, type);
    else list.addSubnet(base, Number(bits), type);
  }
  return list.check(address, family === 4 ? 'ipv4' : 'ipv6');
}
