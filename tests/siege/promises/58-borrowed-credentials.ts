import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { addAccount } from '../../../store/accounts.js';
import { listAudit } from '../../../store/audit.js';
import { readSecret } from '../../../store/connections.js';
import { startTestApi } from '../../support/api.js';
import { signInPerson } from '../../support/people.js';
import { publishCopy, touch } from '../copy.js';
import { atLeast, exactly, nothing, type SiegePromise } from '../siege.js';

export default {
  number: 58,
  title: 'Credentials cannot be borrowed',
  required: '0 secrets outside the declared host set; a move leaves a line; missing = failure; each use leaves a line',
  run: async (context) => {
    const canary = `Canary${context.random.digits(16)}`;
    const [engine, source, target] = await Promise.all([
      context.startEngine(),
      context.startCrm({ seed: context.seed, records: { contacts: 5 }, token: canary }),
      context.startCrm({ seed: context.seed + 1, token: canary }),
    ]);
    const api = await startTestApi(engine);
    context.onEnd(() => api.stop());
    const thief = await startThief();
    context.onEnd(() => thief.stop());
    const { store, vault } = engine.engine.dependencies;
    await touch(source, { count: 5, fields: {} });
    const copy = await publishCopy(engine, source, target);
    const [own = '', other = ''] = [copy.bindings.crm, copy.bindings.copy];

    // Another base host: by a change, by a link for it, by the settings of its consent.
    const settings = { service: 'rest-crm', base_url: thief.url };
    const moved = [
      (await api.call('PATCH', `/connections/${own}`, { settings })).body.code,
      (await api.call('PATCH', `/connections/${own}`, { settings, name: 'renamed' })).body.code,
    ];
    const before = await api.call('GET', `/connections/${own}`);
    await api.call('POST', `/connections/${own}/check`);

    // The other account uses our ids in every place that takes one.
    const foreign = randomUUID();
    await store.system((tx) => addAccount(tx, { id: foreign, name: 'Other', tariff: 'unlimited' }));
    const key = await api.makeKey(['admin'], foreign);
    const person = await signInPerson(api, { member: { [foreign]: 'owner' } });
    const absent = randomUUID();
    const definition = `pipeline: borrowed\nconnections: { a: { connector: http }, b: { connector: http } }\nflows:\n  x: { from: { stream: a.contacts, read: full }, map: { name: name }, to: { stream: b.contacts, write: insert } }\n`;
    const attempts = (id: string): readonly (readonly [string, string, unknown?])[] => [
      ['GET', `/connections/${id}`],
      ['GET', `/connections/${id}/uses`],
      ['GET', `/connections/${id}/streams`],
      ['GET', `/connections/${id}/streams/contacts/fields`],
      ['GET', `/connections/${id}/streams/contacts/fields/name/values`],
      ['POST', `/connections/${id}/check`],
      ['PATCH', `/connections/${id}`, { name: 'mine' }],
      ['PUT', `/connections/${id}/secret`, { secret: { token: 'x' } }],
      ['DELETE', `/connections/${id}`],
      ['POST', '/connect-links', { connection: id }],
      ['POST', '/connections/oauth/start', { connection: id }],
      ['POST', '/hooks', { connection: id }],
      ['POST', '/check', { definition, connections: { a: id, b: id } }],
      ['POST', '/pipelines', { definition, connections: { a: id, b: id } }],
      ['POST', '/runs', { definition, connections: { a: id, b: id } }],
      ['POST', '/previews', { definition, connections: { a: id, b: id } }],
    ];
    const odd: string[] = [];
    for (const [index, [method, path, body]] of attempts(own).entries()) {
      const [, absentPath = '', absentBody] = attempts(absent)[index] ?? [];
      const call = path.includes('oauth') ? person.call : ask;
      const [met, missing] = [await call(method, path, body), await call(method, absentPath, absentBody)];
      const alike = [met, missing].map(({ status, text }) => `${status} ${plain(text, own, absent)}`);
      if (met.status < 400 || alike[0] !== alike[1] || met.text.includes(canary))
        odd.push(`${method} ${path}: ${met.text}`);
    }
    async function ask(method: string, path: string, body?: unknown) {
      return api.call(method, path, body, { key });
    }

    // Whoever can write the rows cannot bind a secret elsewhere either.
    const opened: string[] = [];
    const tries = [
      `update connection set hosts = array['${new URL(thief.url).host}'], settings = '${JSON.stringify(settings)}' where id = '${own}'`,
      `update connection set secret = (select secret from connection where id = '${other}') where id = '${own}'`,
      `update connection set connector = 'webhook' where id = '${own}'`,
    ];
    for (const change of tries) {
      const failure = await store
        .account(engine.accountId, async (tx) => {
          const { sql } = await import('kysely');
          await sql.raw(change).execute(tx);
          const { secret } = await readSecret(tx, vault, engine.accountId, own);
          throw new Error(`opened ${JSON.stringify(secret)}`);
        })
        .catch((error: { code?: string }) => error);
      if (failure.code !== 'vault/unreadable') opened.push(`${change}: ${String(failure)}`);
    }

    // Missing is a failure, with no credentials of anybody else.
    await engine.connect('bare', 'http', { service: 'rest-crm', base_url: source.url }, null);
    const bare = (await api.call('POST', '/connections/bare/check')).body;

    // With its secret a connection may move, and that is seen; a run uses each connection once in the log.
    const run = await engine.open(copy.pipeline);
    await engine.until(run);
    const whole = { settings: { service: 'rest-crm', base_url: target.url }, secret: { token: canary } };
    const allowed = await api.call('PATCH', `/connections/${own}`, whole);
    const lines = await store.account(engine.accountId, (tx) => listAudit(tx, {}, 200));
    const used = lines.filter(({ action, details }) => action === 'connection.used' && details.run === run);
    return [
      exactly(
        'changes of the host without its secret',
        moved.join(),
        'connection/secret_needed,connection/secret_needed',
      ),
      exactly('host afterwards', String(before.body.settings.base_url), source.url),
      atLeast('places for foreign ids', attempts(own).length, 16),
      nothing('answers that differ from those for absent ids', odd),
      nothing('secrets opened elsewhere', opened),
      exactly('a connection without a secret', String(bare.failure?.code), 'connection/missing_secret'),
      exactly('a move with its secret', allowed.status, 200),
      exactly('lines of the move', lines.filter(({ action }) => action === 'connection.moved').length, 1),
      exactly(
        'lines of uses in a run',
        used
          .map(({ object }) => object)
          .sort()
          .join(),
        'copy-copy,copy-crm',
      ),
      nothing('requests that reached the other host', thief.requests),
      exactly('secrets in answers of ours', before.text.includes(canary), false),
    ];
  },
} satisfies SiegePromise;

function plain(text: string, ...ids: readonly string[]): string {
  const without = ids.reduce((rest, id) => rest.replaceAll(id, '<id>'), text);
  return without.replace(/"requestId":"[^"]*"/, '').replaceAll(/request id `[^`]*`/g, '');
}

async function startThief() {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`);
    response.end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    stop: async () => void server.close(),
  };
}
