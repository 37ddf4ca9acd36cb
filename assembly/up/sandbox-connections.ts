import { take } from '../../cli/failures.js';
import type { ApiClient } from '../../client/client.js';
import type { JsonObject } from '../../core/json.js';
import { bitrixRequestsPerSecond, type RunningSandbox, readSandboxNotes, type SandboxNote } from './sandboxes.js';

interface ConnectionParts {
  readonly connector: string;
  readonly settings: JsonObject;
  readonly secret: JsonObject;
}

/** Connections to the shipped sandboxes, named as they are; those of an earlier start get the credentials of this one. */
export async function connectSandboxes(client: ApiClient, sandboxes: readonly RunningSandbox[]): Promise<void> {
  const { items } = await take(client.GET('/connections'));
  const known = new Map(items.map((row) => [row.name, row]));
  for (const sandbox of sandboxes) {
    const parts = partsOf(sandbox);
    const former = known.get(sandbox.name);
    if (former === undefined) {
      await take(client.POST('/connections', { body: { name: sandbox.name, ...parts } }));
    } else if (former.settings.base_url !== sandbox.url) {
      throw new Error(
        `Sandbox \`${sandbox.name}\` had to move to ${sandbox.url}, since its port is taken; connection \`${sandbox.name}\` still names ${String(former.settings.base_url)}`,
      );
    } else if (!sandbox.isAdopted) {
      const params = { path: { id: former.id } };
      await take(client.PUT('/connections/{id}/secret', { params, body: { secret: parts.secret } }));
    }
  }
}

/** The same for every account that wants to try something: what the sandboxes of the data folder are connected by. */
export function offerSandboxes(dataFolder: string): readonly (ConnectionParts & { readonly name: string })[] {
  return readSandboxNotes(dataFolder).map((note) => ({ name: note.name, ...partsOf(note) }));
}

function partsOf({ vendor, url, credentials }: SandboxNote): ConnectionParts {
  switch (vendor) {
    case 'bitrix24':
      // The limits of the sandbox are raised at its start; the connection is told what it may use.
      return {
        connector: vendor,
        settings: { base_url: url, requests_per_second: bitrixRequestsPerSecond },
        secret: { webhook: credentials.webhook_url ?? '' },
      };
    case 'amocrm':
      return {
        connector: vendor,
        settings: { base_url: url, auth: 'token', requests_per_second: 50 },
        secret: { token: credentials.token ?? '' },
      };
    default:
      return {
        connector: 'http',
        settings: { service: vendor, base_url: url },
        secret: { token: credentials.token ?? '' },
      };
  }
}
