import { Failure } from '../../../core/failures.js';
import type { JsonObject } from '../../../core/json.js';
import { type Account, askedRowsIn, hasNext } from '../account.js';

const pageSize = 50;

/** Every file of the account. The file service has a host of its own, which must be one of the connection's. */
export async function driveList(account: Account, signal: AbortSignal): Promise<readonly JsonObject[]> {
  const { client } = account;
  const { driveUrl } = client.places;
  if (driveUrl === null) throw noDrive((await account.card(signal)).driveUrl);
  const rows: JsonObject[] = [];
  for (let page = 1; ; page++) {
    const query = { page, limit: pageSize };
    const body = client.bodyOf(await client.sendTo(driveUrl, { method: 'GET', path: '/v1.0/files', query, signal }));
    const some = askedRowsIn(body, 'files');
    rows.push(...some);
    if (!hasNext(body) || some.length === 0) return rows;
  }
}

function noDrive(known: string | null): Failure {
  return new Failure('connection/invalid_settings', {
    message: 'Stream `files` is read from the account’s file service, whose address this connection does not have.',
    hint: `Set \`drive_url\` of the connection${known === null ? '' : ` to \`${known}\``}.`,
  });
}
