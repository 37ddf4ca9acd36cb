import type { ApiAnswer, TestApi } from '../../support/api.js';
import type { TestPerson } from '../../support/people.js';

/** What a browser keeps of an answer's cookies. */
export function cookiesOf({ headers }: Pick<ApiAnswer, 'headers'>): string {
  return headers
    .getSetCookie()
    .map((line) => line.split(';')[0] ?? '')
    .join('; ');
}

export interface PageAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Follows a link of another site to a page of ours, as browsers do. */
export async function visit(address: URL | string, cookie: string): Promise<PageAnswer> {
  const response = await fetch(address, {
    headers: { cookie, accept: 'text/html', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
    redirect: 'manual',
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

export interface BegunConsent {
  readonly page: string;
  /** The person's cookies and the one of this consent. */
  readonly cookie: string;
}

export async function begin(person: TestPerson, body: unknown): Promise<BegunConsent> {
  const answer = await person.call('POST', '/connections/oauth/start', body);
  if (answer.status !== 201) throw new Error(`${answer.status} ${answer.text}`);
  return { page: answer.body.authorizeUrl, cookie: `${person.cookie}; ${cookiesOf(answer)}` };
}

export function callbackOf(api: TestApi): string {
  return `${api.context.publicUrl.origin}/oauth/callback`;
}
