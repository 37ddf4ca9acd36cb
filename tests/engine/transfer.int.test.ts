import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type RestCrmSandbox, startRestCrm } from '../../sandbox/rest-crm/sandbox.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';
import { expectReconciled } from '../support/expect-reconciled.js';

const contacts = `
pipeline: contacts-copy
title: Copy the contacts
connections: { crm: { connector: http }, copy: { connector: http } }
flows:
  contacts:
    from: { stream: crm.contacts, read: incremental }
    map:
      name: name
      email: email
      phone: phone
      position: position
    to: { stream: copy.contacts, write: upsert }
`;

describe('a transfer between two CRMs', () => {
  let engine: TestEngine;
  let source: RestCrmSandbox;
  let target: RestCrmSandbox;
  let bindings: Record<string, string>;

  beforeAll(async () => {
    [engine, source, target] = await Promise.all([
      startTestEngine(),
      startRestCrm({ seed: 1, records: 1_000 }),
      startRestCrm({ seed: 2 }),
    ]);
    bindings = {
      crm: await engine.connect(
        'crm',
        'http',
        { service: 'rest-crm', base_url: source.url },
        { token: source.credentials.token as string },
      ),
      copy: await engine.connect(
        'copy',
        'http',
        { service: 'rest-crm', base_url: target.url },
        { token: target.credentials.token as string },
      ),
    };
  });

  afterAll(async () => {
    await engine?.stop();
    await Promise.all([source?.stop(), target?.stop()]);
  });

  test('moves every record once, and a second run writes nothing', async () => {
    const pipeline = await engine.publish(contacts, bindings);
    const first = await engine.until(await engine.open(pipeline));
    expect(first).toMatchObject({ state: 'done', failure: null });
    const [counts] = await engine.rows(
      'select read, filtered, written, unchanged, dead_letters from v_reconciliation where run_id = $1',
      [first.id],
    );
    expect(counts).toEqual({ read: 1_000, filtered: 0, written: 1_000, unchanged: 0, dead_letters: 0 });
    const place = { flow: 'contacts', stream: 'contacts', sandbox: target };
    await expectReconciled(engine, first.id, place);
    const since = target.log.lastSeq;
    const second = await engine.until(await engine.open(pipeline));
    await expectReconciled(engine, second.id, { ...place, since });
    const [again] = await engine.rows('select read, written, unchanged from v_reconciliation where run_id = $1', [
      second.id,
    ]);
    expect(again).toEqual({ read: 0, written: 0, unchanged: 0 });
  });
});
