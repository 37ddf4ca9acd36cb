import { type ContentMail, contentMail } from '../api/services/content-mails.js';
import type { JsonObject, JsonValue } from '../core/json.js';
import { isJsonObject } from '../core/json.js';
import { chooseLanguage } from '../languages/language.js';
import type { Store } from '../store/database.js';
import { type Notice, takeNotice } from '../store/events.js';
import { queueMail } from '../store/mails.js';
import type { MasterKeys } from '../store/vault.js';

/** Writes owners about the oldest event that they were not told of; false where there is none. */
export function sendNextNotice(store: Store, keys: MasterKeys, origin: string): Promise<boolean> {
  return takeNotice(store, async (tx, notice) => {
    const mail = mailOf(notice, origin);
    if (mail === null) return;
    for (const owner of notice.owners) {
      const language = chooseLanguage(owner.language, undefined);
      const letter = contentMail(language, mail);
      await queueMail(tx, keys, { accountId: notice.accountId, to: owner.email, kind: mail.kind, language, ...letter });
    }
  });
}

function mailOf({ kind, payload }: Notice, origin: string): ContentMail | null {
  const run = part(payload, 'run');
  const failure = part(kind === 'run.failed' ? run : payload, 'failure');
  const said = { message: text(failure.message), hint: text(failure.hint) };
  const pipeline = text(part(run, 'pipeline').id);
  switch (kind) {
    case 'run.failed':
      return { kind: 'run_failed', pipeline, ...said, link: `${origin}/runs/${text(run.id)}` };
    case 'dead_letters.added':
      return {
        kind: 'dead_letters',
        pipeline,
        count: Number(payload.added ?? 0),
        link: `${origin}/dead-letters?pipeline=${encodeURIComponent(pipeline)}`,
      };
    case 'connection.broken': {
      const connection = part(payload, 'connection');
      const link = `${origin}/connections/${text(connection.id)}`;
      return { kind: 'connection_broken', connection: text(connection.name), ...said, link };
    }
    case 'webhook_endpoint.disabled': {
      const endpoint = part(payload, 'endpoint');
      const link = `${origin}/webhook-endpoints/${text(endpoint.id)}`;
      return { kind: 'webhook_disabled', url: text(endpoint.url), reason: text(payload.reason), link };
    }
    default:
      return null;
  }
}

function part(of: JsonObject, name: string): JsonObject {
  const value = of[name];
  return value !== undefined && isJsonObject(value) ? value : {};
}

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
