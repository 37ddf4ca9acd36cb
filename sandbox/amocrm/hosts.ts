import type { VendorRequest } from '../kit/exchange.js';

/** Which of the vendor's hosts a request was sent to. */
export type HostKind = 'account' | 'moved' | 'common' | 'unknown';

/** A request's place: what kind of host, the address in links, and the path without the prefix of an account. */
export interface Place {
  readonly kind: HostKind;
  readonly base: string;
  readonly target: string;
  readonly segments: readonly string[];
}

const VENDOR_HOST = /^([a-z0-9-]+)\.(amocrm\.(?:ru|com)|kommo\.com)$/;

/** The names under which the account is reached: now and before it moved. */
export class AccountHosts {
  #subdomain: string;
  readonly #old = new Set<string>();
  readonly #first: string;

  constructor(subdomain: string) {
    this.#subdomain = subdomain;
    this.#first = subdomain;
  }

  get subdomain(): string {
    return this.#subdomain;
  }

  /** The account is found under another name from now on. */
  move(subdomain: string): void {
    this.#old.add(this.#subdomain);
    this.#old.delete(subdomain);
    this.#subdomain = subdomain;
  }

  reset(): void {
    this.#old.clear();
    this.#subdomain = this.#first;
  }

  /**
   * The account is named by the Host header (`example.amocrm.ru`), or by a first path part `~example`, which spares
   * a test the name server; an address of the loopback interface without either means the account as well.
   */
  locate(request: VendorRequest, scheme: string): Place {
    const host = request.header('host') ?? '127.0.0.1';
    const [prefix = ''] = /^\/~[^/?]*/.exec(request.target) ?? [];
    const [, name] = VENDOR_HOST.exec(host.replace(/:\d+$/, '').toLowerCase()) ?? [];
    const target = request.target.slice(prefix.length) || '/';
    return {
      kind: this.#kindOf(prefix === '' ? name : prefix.slice(2)),
      base: `${scheme}://${host}${prefix}`,
      target,
      segments: request.segments.slice(prefix === '' ? 0 : 1),
    };
  }

  #kindOf(name: string | undefined): HostKind {
    if (name === undefined || name === this.#subdomain) return 'account';
    if (name === 'www') return 'common';
    return this.#old.has(name) ? 'moved' : 'unknown';
  }
}
