import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type BitrixSandbox, startBitrix24 } from '../../sandbox/bitrix24/sandbox.js';
import { type RestCrmSandbox, startRestCrm } from '../../sandbox/rest-crm/sandbox.js';
import { requestOfRun } from '../../store/runs.js';
import { countsOf, publishCopy } from '../siege/copy.js';
import { type LyingProxy, startLyingProxy } from '../siege/lying-proxy.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';
import { restCrmDefinition } from '../support/rest-crm-service.js';

const records = 250;

describe('a page that breaks off', () => {
  let engine: TestEngine;
  let source: RestCrmSandbox;

  beforeAll(async () => {
    [engine, source] = await Promise.all([startTestEngine(), startRestCrm({ seed: 1, records })]);
  });

  afterAll(async () => {
    await engine?.stop();
    await source?.stop();
  });

  /** A run whose `nth` write and all after it are refused for their credentials; then one with good ones. */
  const breakOff = async (id: string, repeat: 'unsafe' | 'find_then_create', nth: number) => {
    const target = await startRestCrm({ seed: 2, settings: { idempotency_header: false, own_id_unique: false } });
    const proxy = await startLyingProxy(target.url);
    try {
      const copy = await publishCopy(engine, source, target, {
        id,
        targetUrl: proxy.url,
        targetService: restCrmDefinition({ repeat }),
        to: ', batch: 10',
      });
      let writes = 0;
      proxy.refuse((_path, method) => {
        if (method === 'GET' || ++writes < nth) return null;
        return { status: 401, type: 'application/json', body: '{"error":{"code":"unauthorized","message":"No"}}' };
      });
      const run = await engine.open(copy.pipeline);
      await engine.until(run, ['paused']);
      proxy.refuse(null);
      const written = target.store.count('contacts');
      const since = target.kit.requests.lastSeq;
      const { store } = engine.engine.dependencies;
      await store.account(engine.accountId, (tx) => requestOfRun(tx, engine.accountId, run, 'resume'));
      const end = await engine.until(run);
      const later = target.kit.requests.list(since);
      return {
        end: end.state,
        written,
        counted: (await countsOf(engine, run)).written,
        there: target.store.count('contacts'),
        later: {
          looks: later.filter(({ method }) => method === 'GET').length,
          writes: later.filter(({ method }) => method === 'POST').length,
        },
      };
    } finally {
      await proxy.stop();
      await target.stop();
    }
  };

  test('leaves nothing in doubt of what was answered, at a target that cannot be asked', async () => {
    const { written, ...rest } = await breakOff('unsafe-page', 'unsafe', 13);
    expect(written).toBe(120);
    expect(rest).toMatchObject({
      end: 'done',
      counted: records,
      there: records,
      later: { looks: 0, writes: (records - 120) / 10 },
    });
  });

  test('keeps what was written before: only the rest is sent again, and nothing is asked', async () => {
    const { written, ...rest } = await breakOff('asked-page', 'find_then_create', 13);
    expect(written).toBe(120);
    expect(rest).toMatchObject({
      end: 'done',
      counted: records,
      there: records,
      later: { looks: 0, writes: (records - 120) / 10 },
    });
  });

  describe('at Bitrix24', () => {
    let portal: BitrixSandbox;
    let proxy: LyingProxy;

    beforeAll(async () => {
      portal = await startBitrix24({ settings: { bucket_size: 0, operating_limit: 0 } });
      proxy = await startLyingProxy(portal.url);
    });

    afterAll(async () => {
      await proxy?.stop();
      await portal?.stop();
    });

    const publish = async (id: string) => {
      const webhook = new URL(String(portal.credentials.webhook_url)).pathname;
      const bindings = {
        crm: await engine.connect(
          `${id}-crm`,
          'http',
          { service: 'rest-crm', base_url: source.url },
          { token: source.credentials.token as string },
        ),
        portal: await engine.connect(
          `${id}-portal`,
          'bitrix24',
          { base_url: proxy.url, requests_per_second: 1_000 },
          { webhook: `${proxy.url}${webhook}` },
        ),
      };
      return engine.publish(
        `
pipeline: ${id}
title: Contacts into Bitrix24
connections: { crm: { connector: http }, portal: { connector: bitrix24 } }
flows:
  contacts:
    from: { stream: crm.contacts, read: full }
    map: { NAME: name, POST: position }
    to: { stream: portal.contacts, write: upsert, batch: 50 }
`,
        bindings,
      );
    };
    const count = (effect: string, since: number) =>
      portal.log
        .list(since)
        .filter((entry) => entry.stream === 'contacts' && entry.effect === effect && entry.status < 300).length;
    const html = { type: 'text/html', body: '<html>Wait</html>' };
    const isLook = (body: string) => body.includes('{"items":[');
    const isWrite = (body: string) => body.includes('{"item":{');

    test('asks again when the look-up after a lost answer is lost too, and writes nothing a second time', async () => {
      let [writes, looks] = [0, 0];
      proxy.lie(({ body }) => ((isLook(body) && ++looks === 1) || (isWrite(body) && ++writes === 3) ? html : null));
      const since = portal.log.lastSeq;
      const end = await engine.until(await engine.open(await publish('look-lost')));
      expect([end.state, looks, count('create', since)]).toEqual(['done', 2, records]);
      // What was found after a lost answer may be unfinished: that batch, and no other, is completed.
      expect(writes).toBe(records / 50 + 1);
      expect(count('update', since)).toBeLessThanOrEqual(50);
    });

    test('knows what was found after a lost answer, though it could not be completed then', async () => {
      let writes = 0;
      const denied = { status: 401, type: 'application/json', body: '{"error":"NO_AUTH_FOUND"}' };
      proxy.lie(({ body }) => {
        if (isLook(body)) proxy.refuse(() => denied);
        return isWrite(body) && ++writes === 5 ? html : null;
      });
      const since = portal.log.lastSeq;
      const run = await engine.open(await publish('completion-lost'));
      await engine.until(run, ['paused']);
      proxy.lie(null);
      proxy.refuse(null);
      const { store } = engine.engine.dependencies;
      await store.account(engine.accountId, (tx) => requestOfRun(tx, engine.accountId, run, 'resume'));
      const end = await engine.until(run);
      expect([end.state, (await countsOf(engine, run)).written]).toEqual(['done', records]);
      expect(count('create', since)).toBe(records);
    });
  });
});
