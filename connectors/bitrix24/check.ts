import { isJsonObject, type JsonValue } from '../../core/json.js';
import type { CheckReport } from '../kit/index.js';
import { isFailed, type PortalClient } from './client.js';

const needed = ['crm', 'user'];
const useful = ['task', 'catalog', 'userfieldconfig'];

/** One request: who we are, and what the webhook or application may do. */
export async function checkPortal(client: PortalClient, signal: AbortSignal): Promise<CheckReport> {
  const [profile, scope] = await client.batch(
    [
      { method: 'profile', params: {} },
      { method: 'scope', params: {} },
    ],
    { signal },
  );
  if (profile === undefined || isFailed(profile)) throw profile?.failure ?? new Error('no answer');
  const user = isJsonObject(profile.result) ? profile.result : {};
  const name = [user.NAME, user.LAST_NAME].filter((part) => typeof part === 'string' && part !== '').join(' ');
  const scopes = scope === undefined || isFailed(scope) ? [] : scopesOf(scope.result);
  const isAdmin = user.ADMIN === true || user.ADMIN === 'Y';
  return {
    account: `${new URL(client.portal.baseUrl).host}, ${name || `user ${String(user.ID ?? '')}`}`,
    rightsFound: [
      ...scopes.filter((one) => [...needed, ...useful].includes(one)).map((one) => `scope ${one}`),
      ...(isAdmin ? ['administrator'] : ['what this user may see and change']),
    ],
    rightsMissing:
      scopes.length === 0 ? [] : needed.filter((one) => !isGranted(one, scopes)).map((one) => `scope ${one}`),
  };
}

/** `user` may be granted in parts. */
function isGranted(name: string, scopes: readonly string[]): boolean {
  return scopes.some((scope) => scope === name || scope.startsWith(`${name}_`) || scope.startsWith(`${name}.`));
}

function scopesOf(result: JsonValue): string[] {
  if (Array.isArray(result)) return result.map(String);
  return isJsonObject(result) ? Object.values(result).map(String) : [];
}
