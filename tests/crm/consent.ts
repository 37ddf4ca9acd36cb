import amocrm from '../../connectors/amocrm/connector.js';
import bitrix24 from '../../connectors/bitrix24/connector.js';
import creatio from '../../connectors/creatio/connector.js';
import { testEgress } from '../../connectors/kit/egress/testing.js';
import type { JsonObject } from '../../core/json.js';
import type { Department } from './departments.js';

/** A sandbox whose application a person may allow. */
interface Consenting {
  readonly url: string;
  readonly control: string;
  readonly credentials: Readonly<Record<string, string>>;
}

/** Where the vendor sends the browser back to; nothing listens there, the test reads the address. */
const returnAddress = 'http://127.0.0.1:9/callback';

const settingsOf: Readonly<Record<string, (sandbox: Consenting) => JsonObject>> = {
  bitrix24: ({ credentials }) => ({ auth: 'oauth', oauth_url: new URL(credentials.token_url ?? '').origin }),
  amocrm: () => ({ auth: 'oauth' }),
  creatio: ({ credentials }) => ({ auth: 'authorization_code', oauth_url: credentials.identity_url ?? '' }),
};

/** A department connected over OAuth: somebody agrees on the vendor's own page. */
export async function withConsent<Sandbox extends Consenting>(
  department: Department<Sandbox>,
): Promise<Department<Sandbox>> {
  const settings = { ...department.settings, ...settingsOf[department.connector]?.(department.sandbox) };
  return { ...department, settings, secret: await newConsent({ ...department, settings }) };
}

/** A secret as a new consent gives it. */
export async function newConsent({ connector: id, sandbox, settings }: Department<Consenting>): Promise<JsonObject> {
  const connector = [amocrm, bitrix24, creatio].find((each) => each.id === id);
  if (!connector?.oauth) throw new Error(`${id} has no consent`);
  const { client_id = '', client_secret = '', redirect_uri: redirectUri = returnAddress } = sandbox.credentials;
  if (id === 'bitrix24') {
    const card = JSON.stringify({ redirect_uri: redirectUri });
    await fetch(`${sandbox.control}/settings`, { method: 'POST', body: card });
  }
  const page = connector.oauth.authorizeUrl(settings, { clientId: client_id, redirectUri, state: 'of this test' });
  const query = Object.fromEntries((await agree(page)).searchParams);
  if (query.state !== 'of this test') throw new Error('the state did not come back');
  const { egress, to } = testEgress();
  try {
    const { secret } = await connector.oauth.exchange({
      settings,
      secret: { client_id, client_secret },
      query,
      redirectUri,
      http: to(...connector.hosts(settings)),
      signal: AbortSignal.timeout(10_000),
    });
    return secret;
  } finally {
    await egress.close();
  }
}

/** Opens the page as a browser does, presses a button, and tells the address that it is sent back to. */
export async function agree(page: string, decision = 'approve'): Promise<URL> {
  const html = await (await fetch(page)).text();
  const form = new URLSearchParams({ decision });
  for (const [, name = '', value = ''] of html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g))
    form.set(name, value.replaceAll('&amp;', '&'));
  const answer = await fetch(page, { method: 'POST', body: form, redirect: 'manual' });
  const back = answer.headers.get('location');
  if (back === null) throw new Error(`the page led nowhere (${answer.status})`);
  return new URL(back);
}
