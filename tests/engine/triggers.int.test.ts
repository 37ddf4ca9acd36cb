import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { RequestEntry } from '../../sandbox/kit/request-log.js';
import { addToOutbox } from '../../store/outbox.js';
import { addTouched } from '../../store/pending.js';
import { openContext } from '../siege/context.js';
import { publishCopy, touch, until, wrongFields } from '../siege/copy.js';
import type { TestEngine } from '../support/engine.js';
import { reconcile } from '../support/reconciliation.js';

describe('what starts a pipeline and in which order its flows move', () => {
  let context: ReturnType<typeof openContext>;
  let engine: TestEngine;

  beforeEach(async () => {
    context = openContext({ scale: 1, seed: 7 });
    engine = await context.startEngine();
  });

  afterEach(async () => {
    await context.close();
  });

  test('of 500 announced changes of which some are never sent, one reconciling poll brings the rest', async () => {
    const [source, target] = await Promise.all([
      context.startCrm({
        seed: 3,
        records: { contacts: 500 },
        settings: { webhook_lose: 0.05, webhook_duplicate: 0.1 },
      }),
      context.startCrm({ seed: 4 }),
    ]);
    const copy = await publishCopy(engine, source, target, {
      read: 'incremental',
      top: 'trigger: { webhook: { reconcile: 1h } }',
    });
    await until('the first poll to move everything', () => target.store.count('contacts') === 500);
    await idle();
    const [flow] = await engine.rows<{ id: number }>('select id from flow');
    const { store } = engine.engine.dependencies;
    const heard = new Set<string>();
    const receiver = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      const event = JSON.parse(body) as { id: string };
      await addTouched(store, engine.accountId, flow?.id ?? 0, [
        { sourceKey: event.id, isDeletion: false, record: null },
      ]);
      await store.account(engine.accountId, (tx) =>
        addToOutbox(tx, engine.accountId, 'wake_drain', { pipelineUid: copy.pipeline.uid }),
      );
      heard.add(event.id);
      response.end();
    });
    context.onEnd(() => {
      receiver.closeAllConnections();
      receiver.close();
    });
    receiver.listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    await fetch(`${source.url}/webhooks`, {
      method: 'POST',
      headers: { authorization: `Bearer ${source.credentials.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`,
        events: ['contacts.*'],
        secret: 'a secret of sixteen',
      }),
    });
    const since = target.log.lastSeq;
    const touched = await touch(source, { count: 500, fields: { position: 'Announced {n}' } });
    expect(touched).toHaveLength(500);
    const updated = (): number =>
      new Set(
        target.log.list(since).flatMap((entry) => (entry.effect === 'update' && entry.status < 300 ? [entry.id] : [])),
      ).size;
    await until('what was announced to arrive', () => heard.size > 400 && updated() >= heard.size, 60_000);
    await idle();
    expect(heard.size).toBeLessThan(500);
    expect(updated()).toBe(heard.size);

    // The hour is over: the reconciling poll looks.
    await store.system((tx) =>
      tx
        .updateTable('pipeline')
        .set({ next_due_at: new Date(0) })
        .execute(),
    );
    await store.account(engine.accountId, (tx) => addToOutbox(tx, engine.accountId, 'wake_poll', {}));
    await until('the rest to arrive', () => updated() === 500, 30_000);
    await idle();
    expect(await wrongFields(engine, source, target)).toEqual([]);
  });

  test('flows of two services move side by side, and a flow that refers to others after them', async () => {
    const [one, other, target] = await Promise.all([
      context.startCrm({ seed: 3, latencyMs: 60, records: { companies: 600 } }),
      context.startCrm({ seed: 4, latencyMs: 60, records: { contacts: 600, deals: 100 } }),
      context.startCrm({ seed: 5, latencyMs: 60 }),
    ]);
    const bindings = {
      one: await connect('one', one),
      other: await connect('other', other),
      target: await connect('target', target),
    };
    const pipeline = await engine.publish(sideBySide, bindings);
    const run = await engine.open(pipeline);
    expect((await engine.until(run)).state).toBe('done');
    const [companies, contacts, deals] = [span(one, '/companies'), span(other, '/contacts'), span(other, '/deals')];
    expect(Math.max(companies.from, contacts.from)).toBeLessThan(Math.min(companies.to, contacts.to));
    expect(deals.from).toBeGreaterThanOrEqual(span(target, '/contacts/batch').to);
    const places = (['companies', 'contacts', 'deals'] as const).map((stream) => ({
      flow: stream,
      stream,
      sandbox: target,
    }));
    expect(await reconcile(engine, run, ...places)).toEqual([]);
  });

  type Crm = Awaited<ReturnType<typeof context.startCrm>>;

  function connect(name: string, crm: Crm): Promise<string> {
    const settings = { service: 'rest-crm', base_url: crm.url };
    return engine.connect(name, 'http', settings, { token: crm.credentials.token as string });
  }

  async function idle(): Promise<void> {
    await until('no run to be open', async () => {
      const [row] = await engine.rows<{ open: number }>(
        'select (select count(*) from run where ended_at is null) + (select count(*) from touched) as open',
      );
      return row?.open === 0;
    });
  }

  /** From the first request's arrival to the last one's end, in ms. */
  function span(crm: Crm, path: string): { from: number; to: number } {
    const entries = crm.kit.requests.list().filter((entry) => entry.path.startsWith(path));
    const startOf = (entry: RequestEntry): number => Date.parse(entry.at);
    return {
      from: Math.min(...entries.map(startOf)),
      to: Math.max(...entries.map((entry) => startOf(entry) + entry.ms)),
    };
  }
});

const sideBySide = `
pipeline: side-by-side
title: Two services at once, deals after contacts
connections: { one: { connector: http }, other: { connector: http }, target: { connector: http } }
flows:
  companies:
    from: { stream: one.companies }
    map: { name: name }
    to: { stream: target.companies, write: upsert }
  contacts:
    from: { stream: other.contacts }
    map: { name: name }
    to: { stream: target.contacts, write: upsert }
  deals:
    from: { stream: other.deals }
    map: { name: name, contact_id: { ref: contacts, by: contact_id } }
    to: { stream: target.deals, write: upsert }
`;
