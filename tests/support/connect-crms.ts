import type { JsonObject } from '../../core/json.js';
import type { RestCrmSandbox } from '../../sandbox/rest-crm/sandbox.js';
import type { TestEngine } from './engine.js';

/** Connects sandboxes as the declarative service `rest-crm`, each under its name; `more`: settings besides. */
export async function connectCrms(
  engine: TestEngine,
  crms: Readonly<Record<string, RestCrmSandbox>>,
  more: JsonObject = {},
): Promise<void> {
  for (const [name, { url, credentials }] of Object.entries(crms)) {
    const settings = { service: 'rest-crm', base_url: url, ...more };
    await engine.connect(name, 'http', settings, { token: String(credentials.token) });
  }
}
