import { createHmac, randomBytes } from 'node:crypto';
import { startTestApi } from '../../support/api.js';
import { atLeast, exactly, nothing, type SiegePromise } from '../siege.js';

const definition = `
pipeline: events
title: Events into a file
connections: { sender: { connector: webhook }, out: { connector: file } }
trigger: { webhook: { reconcile: 1h } }
flows:
  orders:
    from: { stream: sender.orders, read: incremental, key: [id] }
    map: { id: id }
    to: { stream: out.orders, write: insert }
`;

const intake = {
  signature: { header: 'X-Signature', algorithm: 'sha256', format: 'hex', timestamp_header: 'X-Time' },
  streams: { orders: { key: 'id' } },
};

export default {
  number: 60,
  title: 'Forged webhooks do nothing',
  required: '0 accepted; replay in the window = 1 effect; no secret = cannot be enabled',
  run: async (context) => {
    const engine = await context.startEngine({ hasWorker: false });
    const api = await startTestApi(engine);
    context.onEnd(() => api.stop());
    const must = async (path: string, body: unknown) => {
      const answer = await api.call('POST', path, body);
      if (answer.status !== 201) throw new Error(`${path}: ${answer.text}`);
      return answer.body;
    };
    const secret = randomBytes(24).toString('hex');
    const foreignSecret = randomBytes(24).toString('hex');
    const sender = { connector: 'webhook', settings: intake };
    await must('/connections', { ...sender, name: 'sender', secret: { signing_secret: secret } });
    await must('/connections', { ...sender, name: 'other', secret: { signing_secret: foreignSecret } });
    await must('/connections', {
      name: 'out',
      connector: 'file',
      settings: { streams: { orders: { path: 'o.jsonl' } } },
    });
    const published = await must('/pipelines', { definition, connections: { sender: 'sender', out: 'out' } });
    const [own, foreign] = [
      new URL(published.hooks[0].url),
      new URL((await must('/hooks', { connection: 'other' })).url),
    ];

    interface Delivery {
      readonly what: string;
      readonly url?: URL;
      readonly body?: string | Buffer;
      readonly signature?: string | null;
      readonly time?: string | null;
    }
    const now = () => String(Math.floor(Date.now() / 1_000));
    const sign = (body: string | Buffer, time: string, key = secret) =>
      createHmac('sha256', key).update(`${time}.`).update(body).digest('hex');
    let sent = 0;
    const order = () => JSON.stringify({ id: `o${++sent}`, total: '1.00' });
    const send = async ({ url = own, body = order(), time = now(), signature }: Delivery): Promise<number> => {
      const value = signature === undefined ? sign(body, time ?? '') : signature;
      const headers = { ...(value !== null && { 'x-signature': value }), ...(time !== null && { 'x-time': time }) };
      return (await fetch(url, { method: 'POST', body, headers })).status;
    };

    const forged: Delivery[] = [];
    const rounds = context.size(500, 3);
    for (let round = 0; round < rounds; round += 1) {
      const [body, time] = [order(), now()];
      const good = sign(body, time);
      const at = (seconds: number) => String(Math.floor(Date.now() / 1_000) + seconds);
      forged.push(
        { what: 'without a signature', signature: null },
        { what: 'with an empty signature', signature: '' },
        { what: 'with another signature', signature: randomBytes(32).toString('hex') },
        { what: 'with half a signature', body, time, signature: good.slice(0, 32) },
        { what: 'with a longer signature', body, time, signature: `${good}00` },
        { what: 'signed by the secret of another', body, time, signature: sign(body, time, foreignSecret) },
        { what: 'signed by nothing', body, time, signature: sign(body, time, '') },
        { what: 'at the address of another', url: foreign, body, time, signature: good },
        { what: 'with other bytes', body: body.replace('1.00', '9.00'), time, signature: good },
        { what: 'with other white space', body: body.replace(',', ', '), time, signature: good },
        { what: 're-encoded', body: Buffer.from(body, 'utf16le'), time, signature: good },
        { what: 'escaped otherwise', body: body.replace('total', '\\u0074otal'), time, signature: good },
        {
          what: 'signed without its time',
          body,
          time,
          signature: createHmac('sha256', secret).update(body).digest('hex'),
        },
        { what: 'without a time', body, time: null, signature: good },
        { what: 'of six minutes ago', time: at(-360) },
        { what: 'of in six minutes', time: at(360) },
        { what: 'with an old signature and a new time', body, time, signature: sign(body, at(-3_600)) },
        { what: 'with a time that is none', time: 'now' },
        { what: 'at a guessed address', url: new URL(`/hooks/${randomBytes(32).toString('base64url')}`, own) },
        { what: 'at a shorter address', url: new URL(own.pathname.slice(0, -1), own) },
        {
          what: 'at the address in capitals',
          url: new URL(own.pathname.toUpperCase().replace('/HOOKS', '/hooks'), own),
        },
      );
    }
    const accepted: string[] = [];
    for (const delivery of context.random.shuffled(forged)) {
      const status = await send(delivery);
      if (status < 400 || status >= 500) accepted.push(`${delivery.what}: ${status}`);
    }
    const touched = async () => (await engine.rows('select source_key from touched')).length;
    const byForged = await touched();

    const [body, time] = [order(), now()];
    const statuses = await Promise.all(Array.from({ length: 8 }, () => send({ what: 'replayed', body, time })));
    const later = await send({ what: 'replayed later', body, time });

    const bare = await api.call('POST', '/connections', { ...sender, name: 'bare', secret: {} });
    const empty = await api.call('POST', '/connections', { ...sender, name: 'empty', secret: { signing_secret: '' } });
    return [
      atLeast('forged deliveries', forged.length, 60),
      nothing('accepted', accepted),
      exactly('records that they touched', byForged, 0),
      exactly('answers to one delivery sent nine times', [...new Set([...statuses, later])].join(), '200'),
      exactly('records that it touched', await touched(), 1),
      exactly('a connection without a secret', bare.status, 422),
      exactly('a connection with an empty secret', empty.status, 422),
    ];
  },
} satisfies SiegePromise;
