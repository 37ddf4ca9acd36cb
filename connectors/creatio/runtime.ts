import { Failure, isFailure } from '../../core/failures.js';
import type { JsonObject } from '../../core/json.js';
import { AccountCache } from '../kit/account-cache.js';
import type { HttpClient } from '../kit/index.js';
import { failureOf, meaningOf, saidBy } from './answers.js';
import { cookiesOf, withCookies } from './cookies.js';
import type { CreatioSettings } from './settings.js';
import { type SignIn, textOf } from './sign-in.js';

/** Services stand under `/0` on the .NET Framework and at the root on .NET. */
export type Prefix = '/0' | '';

const prefixes = { net_framework: '/0', net: '' } as const;
/** An instance is moved to another runtime once in years; a restart of the worker asks again anyway. */
const found = new AccountCache(86_400_000);

interface Probe {
  readonly http: HttpClient;
  readonly settings: CreatioSettings;
  readonly connectionId: string;
  readonly signal: AbortSignal;
}

/** Where the services stand: as the settings say, as known, or by asking. */
export function prefixOf(probe: Probe, headers: Readonly<Record<string, string>>): Promise<Prefix> {
  const { runtime } = probe.settings;
  if (runtime !== null) return Promise.resolve(prefixes[runtime]);
  return found.get(`${probe.connectionId} ${probe.settings.baseUrl}`, 'prefix', async () => {
    const { prefix } = await ask(probe, headers);
    return prefix;
  });
}

export function sessionHeaders(cookies: string, csrf: string | null): Readonly<Record<string, string>> {
  return { cookie: cookies, ForceUseSession: 'true', ...(csrf !== null && { BPMCSRF: csrf }) };
}

/**
 * A session that is used for the first time gets its `BPMSESSIONID`, without which every later call would open another
 * one: so the first call is made right away, and all workers share what it brought. It also tells the runtime.
 */
export async function primeSession(on: SignIn, secret: JsonObject): Promise<JsonObject> {
  const cookies = textOf(secret, 'cookies') ?? '';
  try {
    const { prefix, setCookie } = await ask(on, sessionHeaders(cookies, textOf(secret, 'csrf_token')));
    await found.get(`${on.connectionId} ${on.settings.baseUrl}`, 'prefix', () => Promise.resolve(prefix));
    return { ...secret, cookies: withCookies(cookies, cookiesOf(setCookie)) };
  } catch (error) {
    // The session is good without it, and whatever is wrong shows itself at the first call.
    if (isFailure(error)) return secret;
    throw error;
  }
}

async function ask(
  { http, settings, signal }: Omit<Probe, 'connectionId'>,
  headers: Readonly<Record<string, string>>,
): Promise<{ readonly prefix: Prefix; readonly setCookie: string | undefined }> {
  const candidates: readonly Prefix[] = settings.runtime === null ? ['/0', ''] : [prefixes[settings.runtime]];
  for (const prefix of candidates) {
    const answer = await http.request({
      method: 'GET',
      url: `${settings.baseUrl}${prefix}/odata/Contact?$top=1&$select=Id`,
      headers: { accept: 'application/json', ...headers },
      signal,
    });
    const said = saidBy(answer);
    const meaning = answer.status === 302 ? 'signed_out' : meaningOf(said);
    if (meaning === 'missing' || meaning === 'publishing') continue;
    // Whoever knows the address is the right one, even one who refuses; an outage says nothing about it.
    if (meaning === 'done' || meaning === 'no_rights' || meaning === 'rejected')
      return { prefix, setCookie: answer.headers['set-cookie'] };
    throw failureOf(said, meaning, 'The question where the services stand');
  }
  throw new Failure('connection/invalid_settings', {
    message: `There are no OData services at \`${settings.baseUrl}\`.`,
    hint: 'Enter the address of the instance as `base_url`, as it stands in the browser before `/0` or `/Shell`.',
    details: { wasSent: false },
  });
}
