import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JsonObject } from '../../../core/json.js';
import { startAmoCrm } from '../../../sandbox/amocrm/sandbox.js';
import { newConsent } from '../../crm/consent.js';
import { startTestApi } from '../../support/api.js';
import { until } from '../../support/until.js';
import { atMost, exactly, nothing, type SiegePromise } from '../siege.js';

const tokenPath = '/oauth2/access_token';
const checksAtOnce = 6;

export default {
  number: 29,
  title: 'Token refresh does not race',
  required: 'exactly 1 refresh per expiry; 0 connections lost; after a crash in between at worst one clear “reconnect”',
  run: async (context) => {
    const engine = await context.startEngine({ hasWorker: false });
    const api = await startTestApi(engine);
    context.onEnd(() => api.stop());
    const limits = { rate: null, account_rate: null } as never;
    const sandbox = await startAmoCrm({ seed: context.seed, settings: limits });
    context.onEnd(() => sandbox.stop());
    const door = await openDoor(sandbox.url);
    context.onEnd(() => door.stop());
    const settings = { base_url: door.url, auth: 'oauth', requests_per_second: 50 };
    const consent = () => newConsent({ sandbox, connector: 'amocrm', settings, secret: {} });
    const connection = { name: 'amo', connector: 'amocrm', settings, secret: await consent() };
    await api.call('POST', '/connections', connection);
    const oauth = async (body?: JsonObject): Promise<Record<string, number>> => {
      const order = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
      return (await (await fetch(`${sandbox.control}/oauth`, order)).json()) as Record<string, number>;
    };

    // Two servers and many calls meet the end of the token at once.
    const other = await engine.spawnServer();
    const ask = async (address: string): Promise<JsonObject> => {
      const headers = { authorization: `Bearer ${api.key}` };
      return (await (
        await fetch(`${address}/api/v1/connections/amo/check`, { method: 'POST', headers })
      ).json()) as JsonObject;
    };
    const rounds = context.size(50, 3);
    const uneven: string[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const before = await oauth();
      await oauth({ revoke: 'access' });
      const addresses = Array.from({ length: checksAtOnce }, () => [api.address, other.address]).flat();
      const answers = await Promise.all(addresses.map(ask));
      const after = await oauth();
      const refreshed = Number(after.refreshed) - Number(before.refreshed);
      const broken = answers.filter(({ isWorking }) => isWorking !== true);
      if (refreshed !== 1 || broken.length > 0) uneven.push(`${refreshed} refreshes, ${JSON.stringify(broken)}`);
    }
    const reused = (await oauth()).reused;

    // The vendor has given new tokens, and whoever asked for them dies before they are stored.
    await oauth({ revoke: 'access' });
    const held = door.holdNext();
    const lost = ask(other.address).catch(() => null);
    await held;
    other.signal('SIGKILL');
    await other.ended;
    await lost;
    door.release();
    // The lease of the dead one runs out.
    await engine.rows(`update connection set renew_until = now() where name = 'amo'`);
    const triesBefore = door.tokenRequests();
    const told = [await ask(api.address), await ask(api.address), await ask(api.address)];
    const tries = door.tokenRequests() - triesBefore;
    const { body: shown } = await api.call('GET', '/connections/amo');
    const codes = new Set(told.map(({ failure }) => (failure as JsonObject | null)?.code));
    const again = await api.call('PUT', '/connections/amo/secret', { secret: await consent() });
    const works = await until(async () => ((await ask(api.address)).isWorking === true ? 'yes' : null), 10_000);
    return [
      nothing('expiries without exactly one refresh', uneven),
      exactly('refresh tokens used twice by then', Number(reused), 0),
      exactly('what is said after the crash', [...codes].join(), 'connection/token_revoked'),
      exactly('state of the connection', String(shown.state), 'broken'),
      atMost('tries with the used token', tries, 3),
      exactly('connected again', again.status, 200),
      exactly('works', works, 'yes'),
    ];
  },
} satisfies SiegePromise;

/** A way to the vendor that can keep one answer of the token address back, after the vendor gave it. */
async function openDoor(target: string) {
  let tokenRequests = 0;
  let tellHeld: (() => void) | null = null;
  let open: (() => void) | null = null;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const headers = Object.fromEntries(
      Object.entries(request.headers).filter(
        ([name]) => !/^(host|connection|content-length|transfer-encoding)$/.test(name),
      ),
    ) as Record<string, string>;
    const method = request.method ?? 'GET';
    const body = chunks.length === 0 ? null : Buffer.concat(chunks);
    const answer = await fetch(`${target}${request.url}`, { method, headers, body, redirect: 'manual' });
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (request.url?.startsWith(tokenPath)) {
      tokenRequests += 1;
      if (tellHeld !== null) {
        const tell = tellHeld;
        tellHeld = null;
        await new Promise<void>((resolve) => {
          open = resolve;
          tell();
        });
      }
    }
    const kept = [...answer.headers].filter(([name]) => name === 'content-type' || name === 'location');
    response.writeHead(answer.status, Object.fromEntries(kept));
    response.end(bytes);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tokenRequests: () => tokenRequests,
    /** Resolves when the vendor has answered and the answer stands here. */
    holdNext: () =>
      new Promise<void>((resolve) => {
        tellHeld = resolve;
      }),
    release: () => open?.(),
    stop: async () => {
      open?.();
      server.closeAllConnections();
      server.close();
    },
  };
}
