import type { ApiAnswer, TestApi } from './api.js';

/** Speaks to the API as a page in a browser does: keeps cookies, sends its own Origin, no key. */
export class Browser {
  readonly cookies = new Map<string, string>();
  /** Whole `Set-Cookie` lines of the last answer. */
  lastSet: readonly string[] = [];

  constructor(
    readonly api: TestApi,
    /** The address that a trusted proxy says the browser has. */
    readonly address?: string,
  ) {}

  async call(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<ApiAnswer> {
    const answer = await this.api.call(method, path, body, {
      key: null,
      headers: {
        origin: this.api.context.publicUrl.origin,
        ...(this.address !== undefined && { 'x-forwarded-for': this.address }),
        ...(this.cookies.size > 0 && { cookie: this.cookieHeader }),
        ...headers,
      },
    });
    this.lastSet = answer.headers.getSetCookie();
    for (const line of this.lastSet) this.#keep(line);
    return answer;
  }

  get cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** What the session cookie holds; undefined when there is none. */
  get session(): string | undefined {
    return [...this.cookies].find(([name]) => name.endsWith('session_token'))?.[1];
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';');
    const at = pair.indexOf('=');
    const name = pair.slice(0, at);
    if (attributes.some((attribute) => attribute.trim().toLowerCase() === 'max-age=0')) this.cookies.delete(name);
    else this.cookies.set(name, pair.slice(at + 1));
  }
}
