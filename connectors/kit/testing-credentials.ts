import type { JsonObject } from '../../core/json.js';
import type { Credentials } from './index.js';

/** Credentials in memory; `saved` is every secret that a renewal stored. */
export interface TestCredentials extends Credentials {
  readonly saved: JsonObject[];
}

/** As the vault does it: renewals wait for each other, and whoever comes late gets what was stored meanwhile. */
export function credentialsOf(secret: JsonObject): TestCredentials {
  const saved: JsonObject[] = [];
  let last: Promise<unknown> = Promise.resolve();
  const now = (): JsonObject => saved.at(-1) ?? secret;
  return {
    saved,
    read: async () => now(),
    renew: (seen, renew) => {
      const next = last.then(async () => {
        if (now() !== seen && JSON.stringify(now()) !== JSON.stringify(seen)) return now();
        const renewed = await renew(now());
        saved.push(renewed);
        return renewed;
      });
      last = next.catch(() => undefined);
      return next;
    },
  };
}
