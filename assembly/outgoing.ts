import { type AllowedPlaces, normalHost, resolveGuarded } from '../connectors/kit/egress/addresses.js';
import type { Egress } from '../connectors/kit/egress/client.js';
import type { HttpAnswer } from '../connectors/kit/index.js';
import { Failure } from '../core/failures.js';

/** The way out to addresses that customers name: the guard of all connections, checked when saved and when used. */
export interface Outgoing {
  /** Throws `egress/address_refused`, alike for every reason. */
  check(url: string): Promise<void>;
  /** One POST, without redirects. Throws `egress/*`. */
  post(url: string, request: OutgoingPost): Promise<HttpAnswer>;
}

export interface OutgoingPost {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

const mostBytes = 1024 * 1024;
const unpaced = { take: async () => undefined, refused: () => undefined };

export function createOutgoing(egress: Egress, allowed: AllowedPlaces): Outgoing {
  return {
    check: async (url) => {
      const place = placeOf(url, allowed);
      try {
        await resolveGuarded(place.host, place.port, allowed);
      } catch {
        throw refused();
      }
    },
    post: (url, request) => {
      const { host, port } = placeOf(url, allowed);
      const client = egress.client({ hosts: [`${host}:${port}`], pacer: unpaced });
      return client.request({ method: 'POST', url, maxBytes: mostBytes, ...request });
    },
  };
}

/** Only https; a place of EGRESS_ALLOW may also be spoken to by plain http. */
function placeOf(text: string, allowed: AllowedPlaces): { host: string; port: number } {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.username !== '' || url.password !== '') throw refused();
  const host = normalHost(url.hostname);
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && allowed.has(host, port))) throw refused();
  return { host, port };
}

function refused(): Failure {
  return new Failure('egress/address_refused', {
    message: 'The address of this webhook endpoint is not allowed.',
    hint: 'Use a public https address; an operator may allow others with EGRESS_ALLOW.',
  });
}
