import { isJsonObject, type JsonObject, type JsonValue } from '../core/json.js';
import { chooseLanguage, type Mail, mailText } from '../languages/index.js';
import type { Store } from '../store/database.js';
import { type Notice, takeNotice } from '../store/events.js';
import type { InstallationKeys } from '../store/installation-keys.js';
import { queueMail } from '../store/mails.js';
import { longestTryingDays } from './webhook-sender.js';

/** Writes owners about the oldest event that they were not told of; false where there is none. */
export function sendNextNotice(store: Store, keys: InstallationKeys, origin: string): Promise<boolean> {
  return takeNotice(store, async (tx, notice) => {
    const mail = mailOf(notice, origin);
    if (mail === null) return;
    for (const owner of notice.owners) {
      const language = chooseLanguage(owner.language, undefined);
      const letter = mailText(language, mail);
      await queueMail(tx, keys, { accountId: notice.accountId, to: owner.email, kind: mail.kind, language, ...letter });
    }
  });
}

function mailOf({ kind, payload, accountName: account }: Notice, origin: string): Mail | null {
  const run = part(payload, 'run');
  const reason = text(part(kind === 'run.failed' ? run : payload, 'failure').message);
  const pipeline = text(part(run, 'pipeline').id);
  switch (kind) {
    case 'run.failed':
      return { kind: 'run_failed', pipeline, account, reason, link: `${origin}/runs/${text(run.id)}` };
    case 'dead_letters.added': {
      const link = `${origin}/dead-letters?pipeline=${encodeURIComponent(pipeline)}`;
      return { kind: 'dead_letters', pipeline, count: Number(payload.added ?? 0), link };
    }
    case 'connection.broken': {
      const connection = part(payload, 'connection');
      const link = `${origin}/connections/${text(connection.id)}`;
      return { kind: 'connection_broken', connection: text(connection.name), account, reason, link };
    }
    case 'webhook_endpoint.disabled':
      return { kind: 'webhook_disabled', url: text(part(payload, 'endpoint').url), days: longestTryingDays };
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
