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

    test('asks again when the look-up after a lost answer is lost too, and writes nothing a second time', async () => {
      const webhook = new URL(String(portal.credentials.webhook_url)).pathname;
      const bindings = {
        crm: await engine.connect(
          'crm',
          'http',
          { service: 'rest-crm', base_url: source.url },
          {
            token: source.credentials.token as string,
          },
        ),
        portal: await engine.connect(
          'portal',
          'bitrix24',
          { base_url: proxy.url, requests_per_second: 1_000 },
          { webhook: `${proxy.url}${webhook}` },
        ),
      };
      const pipeline = await engine.publish(
        `
pipeline: broken-look-up
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
      let [writes, looks] = [0, 0];
      proxy.lie(({ body }) => {
        const isLook = body.includes('{"items":[');
        const isWrite = body.includes('{"item":{');
        const isLost = (isLook && ++looks === 1) || (isWrite && ++writes === 3);
        return isLost ? { type: 'text/html', body: '<html>Wait</html>' } : null;
      });
      const end = await engine.until(await engine.open(pipeline));
      const written = portal.log.list().filter(({ stream, status }) => stream === 'contacts' && status < 300);
      const counts = (effect: string) => written.filter((entry) => entry.effect === effect).length;
      expect([end.state, looks, counts('create')]).toEqual(['done', 2, records]);
      // What was found after a lost answer may be unfinished: that batch, and no other, is completed.
      expect(writes).toBe(records / 50 + 1);
      expect(counts('update')).toBeLessThanOrEqual(50);
    });
  });
});
