import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { queryOnce } from '../../../runtime/postgres-connection.js';
import { createLog } from '../../../telemetry/log.js';
import { startTestApi, type TestApi } from '../../support/api.js';
import { ask } from '../../support/cast.js';
import type { TestEngine } from '../../support/engine.js';
import { signInPerson, type TestPerson } from '../../support/people.js';
import { restCrmDefinition } from '../../support/rest-crm-service.js';
import { bytesOf, spellings } from '../canaries.js';
import { publishCopy, setSwitches, touch } from '../copy.js';
import { atLeast, exactly, nothing, type SiegePromise } from '../siege.js';

type Place = readonly [name: string, bytes: Buffer];

export default {
  number: 53,
  title: 'Secrets never leak',
  required: '0 hits in clear, base64, hex, URL form; keys of records in logs and metrics only as hashes',
  run: async (context) => {
    const servers = await context.startServers();
    const canary = (name: string): string => `Canary${name}${context.random.digits(12)}`;
    const vendorToken = canary('Token');
    const [engine, source, target] = await Promise.all([
      context.startEngine({ servers }),
      context.startCrm({ seed: context.seed, records: { contacts: 20 }, token: vendorToken }),
      context.startCrm({ seed: context.seed + 1, token: vendorToken }),
    ]);
    const lines: string[] = [];
    const log = createLog('debug', { write: (line: string) => void lines.push(line) });
    const api = await startTestApi(engine, { log });
    context.onEnd(() => api.stop());
    const owner = await signInPerson(api, { member: { [engine.accountId]: 'owner' } });
    const made = await make(api, owner, canary('Signing'));
    const secrets: Record<string, string> = {
      vendorToken,
      ...made,
      name: canary('Name'),
      position: canary('Position'),
    };
    const sourceKeys: Record<string, string> = { email: `${canary('Mail').toLowerCase()}@example.com` };
    const { name = '', position = '' } = secrets;
    await touch(source, { count: 5, fields: { name, position, email: sourceKeys.email ?? '' } });
    const copy = await publishCopy(engine, source, target, {
      id: 'kept',
      read: 'incremental',
      targetService: restCrmDefinition({ repeat: 'upsert' }),
    });
    const good = await engine.until(await engine.open(copy.pipeline));
    // Refused records, a preview that holds records back, and runs that fail for their vendor.
    await touch(source, { count: 3, fields: { name, position, email: `no address ${name}` } });
    const refused = await engine.until(await engine.open(copy.pipeline));
    await touch(source, { count: 2, fields: { name: `${name} again`, position } });
    await api.call('POST', '/previews', { pipeline: 'kept' });
    await setSwitches(source, { clock_skew_ms: 3 * 86_400_000 });
    await touch(source, { count: 1, fields: { name, position } });
    await engine.until(await engine.open(copy.pipeline));
    await misuse(api, secrets);

    const logs: Place[] = [
      ['log', Buffer.from(lines.join(''))],
      ['events of the engine', bytesOf(engine.events)],
      ['metrics', Buffer.from((await ask(api.address, 'GET', '/metrics')).text)],
    ];
    const places: Place[] = [
      ...logs,
      ...(await tables(engine)),
      ...(await files(servers.temporalFolder)),
      ...(await answers(owner)),
    ];
    return [
      exactly('state of the good run', good.state, 'done'),
      exactly('state of the run with refused records', refused.state, 'done_with_dead_letters'),
      atLeast('lines of the log', lines.length, 10),
      // What is no secret stands in these places, so the search would have found a secret too.
      atLeast('places where the pipeline is seen', places.filter(([, bytes]) => bytes.includes('kept')).length, 3),
      nothing('secrets found', search(places, secrets)),
      nothing('keys of records found in logs and metrics', search(logs, sourceKeys)),
    ];
  },
} satisfies SiegePromise;

/** One secret of every kind that people and programs get from this installation. */
async function make(api: TestApi, owner: TestPerson, signing: string): Promise<Record<string, string>> {
  const must = async (call: Promise<{ status: number; text: string; body: Record<string, string> }>) => {
    const answer = await call;
    if (answer.status >= 300) throw new Error(answer.text);
    return answer.body;
  };
  const key = await must(api.call('POST', '/keys', { name: 'canary', scopes: ['read'] }));
  const sender = await must(
    api.call('POST', '/connections', {
      name: 'sender',
      connector: 'webhook',
      settings: {
        stream: 'stream',
        streams: { orders: { key: 'id', event_id: 'event' } },
        signature: { header: 'X-Signature', algorithm: 'sha256', format: 'hex' },
      },
      secret: { signing_secret: signing },
    }),
  );
  const hook = await must(api.call('POST', '/hooks', { connection: 'sender', register: false }));
  const link = await must(api.call('POST', '/connect-links', { connection: sender.id }));
  const support = await must(owner.call('POST', '/support-links'));
  const endpoint = await must(
    api.call('POST', '/webhook-endpoints', { url: 'https://127.0.0.1:9/x', kinds: ['run.failed'] }),
  );
  return {
    signing,
    password: owner.password,
    apiKey: (key.key ?? '').slice('pw_12345678_'.length),
    hookPath: lastPart(hook.url),
    connectLink: lastPart(link.url),
    supportLink: support.token ?? '',
    webhookSecret: endpoint.secret ?? '',
  };
}

function lastPart(url: string | undefined): string {
  return (url ?? '').split(/[/#]/).at(-1) ?? '';
}

/** Secrets where they do not belong: what is refused must not be repeated or kept either. */
async function misuse(api: TestApi, secrets: Record<string, string>): Promise<void> {
  const headers = { authorization: `Bearer ${api.key}` };
  for (const secret of Object.values(secrets)) {
    const text = encodeURIComponent(secret);
    await ask(api.address, 'GET', `/api/v1/nothing/${text}?token=${text}`, headers);
    await ask(api.address, 'POST', '/api/v1/check', { ...headers, 'x-token': secret }, `{"secret": "${secret}`);
    await ask(api.address, 'GET', '/api/v1/runs', { authorization: `Bearer ${secret}` });
    await ask(api.address, 'POST', `/hooks/${text}`, {}, '{}');
  }
}

/** Every row of every table as text; bytes stand there as hex. */
async function tables(engine: TestEngine): Promise<Place[]> {
  const url = engine.database.ownerUrl;
  const found = await queryOnce(
    url,
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_schema in ('public', 'auth') and table_type = 'BASE TABLE'`,
  );
  const places: Place[] = [];
  for (const { name } of found as { name: string }[]) {
    const rows = await queryOnce(url, `select t::text as row from ${name} t`);
    places.push([`table ${name}`, Buffer.from((rows as { row: string }[]).map(({ row }) => row).join('\n'))]);
  }
  return places;
}

async function files(folder: string): Promise<Place[]> {
  const names = (await readdir(folder)).filter((file) => /sqlite|log/.test(file));
  return Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const));
}

/** What can be read and taken away: the export, lists, views; records themselves are the account's own to see. */
async function answers(owner: TestPerson): Promise<Place[]> {
  const paths = ['/account/export', '/connections', '/hooks', '/keys', '/connect-links', '/support-links', '/runs'];
  const more = ['/webhook-endpoints', '/audit', '/dead-letters', '/me', '/me/sessions', '/members', '/views/v_audit'];
  const places: Place[] = [];
  for (const path of [...paths, ...more, '/views/v_dead_letters', '/views/v_runs']) {
    const { text } = await owner.call('GET', path);
    places.push([path, Buffer.from(text)]);
  }
  return places;
}

function search(places: readonly Place[], wanted: Readonly<Record<string, string>>): string[] {
  return places.flatMap(([place, bytes]) =>
    Object.entries(wanted)
      .filter(([, value]) => value.length >= 8)
      .flatMap(([what, value]) =>
        spellings(value)
          .filter(([, spelled]) => bytes.includes(spelled))
          .map(([how]) => `${what} ${how} in ${place}`),
      ),
  );
}
