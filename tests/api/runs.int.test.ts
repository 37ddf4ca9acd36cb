import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readEvents } from '../../client/events.js';
import { type RestCrmSandbox, startRestCrm } from '../../sandbox/rest-crm/sandbox.js';
import type { TestApi } from '../support/api.js';
import { startTwoCrms, type TwoCrms } from '../support/two-crms.js';
import { until } from '../support/until.js';

const definition = (id: string, { trigger = 'manual', extra = '' } = {}) => `
pipeline: ${id}
title: Copy the contacts
connections: { crm: { connector: http }, copy: { connector: http } }
trigger: ${trigger}
flows:
  contacts:
    from: { stream: crm.contacts, read: incremental }
    ${extra}
    map: { name: name, email: email, phone: phone }
    to: { stream: copy.contacts, write: upsert }
`;

const ends = ['done', 'done_with_dead_letters', 'failed', 'cancelled'];

describe('runs over the API', () => {
  let crms: TwoCrms;
  let api: TestApi;
  let source: RestCrmSandbox;
  let target: RestCrmSandbox;

  beforeAll(async () => {
    crms = await startTwoCrms(200);
    ({ api, source, target } = crms);
  });

  afterAll(() => crms?.stop());

  const ended = (id: string) =>
    until(async () => {
      const { body } = await api.call('GET', `/runs/${id}`);
      return ends.includes(body.state) ? body : null;
    });

  const touch = async (fields: object, ids?: string[]): Promise<void> => {
    const response = await fetch(`${source.control}/touch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ stream: 'contacts', ...(ids ? { ids } : { count: 1 }), fields }),
    });
    expect(response.status).toBe(200);
  };

  test('one call publishes a definition and runs it to its end; a second one finds it published', async () => {
    const started = await api.call('POST', '/runs', { definition: definition('one-call') });
    expect(started.body).toMatchObject({
      pipeline: 'one-call',
      version: 1,
      kind: 'manual',
      options: { isOneOff: true },
    });
    expect(await ended(started.body.id)).toMatchObject({ state: 'done', totals: { read: 200, written: 200 } });
    const again = await api.call('POST', '/runs', { definition: definition('one-call') });
    expect(again.body.version).toBe(1);
    expect(await ended(again.body.id)).toMatchObject({ state: 'done', totals: { written: 0 } });
    expect((await api.call('GET', '/runs?pipeline=one-call&limit=1')).body).toMatchObject({
      items: [{ id: again.body.id }],
      next: expect.any(String),
    });
  });

  test('events of a run tell its progress and its end', async () => {
    const { body } = await api.call('POST', '/runs', { definition: definition('followed') });
    const events: string[] = [];
    let last: unknown;
    for await (const event of readEvents(api.address, `/runs/${body.id}/events`, api.key)) {
      events.push(event.event);
      last = event.data;
    }
    expect(events.at(-1)).toBe('end');
    expect(last).toMatchObject({ id: body.id, state: 'done', totals: { read: 200 } });
  });

  test('a run is paused, goes on and is cancelled; what has ended cannot be asked', async () => {
    const slow = await startRestCrm({ seed: 3, records: 2_000, latencyMs: 60 });
    try {
      await api.call('POST', '/connections', {
        name: 'slow',
        connector: 'http',
        settings: { service: 'rest-crm', base_url: slow.url },
        secret: { token: slow.credentials.token },
      });
      const { body: run } = await api.call('POST', '/runs', {
        definition: definition('held'),
        connections: { crm: 'slow', copy: 'copy' },
      });
      await api.call('POST', `/runs/${run.id}/pause`);
      await until(async () => (await api.call('GET', `/runs/${run.id}`)).body.state === 'paused');
      const refused = await api.call('POST', '/runs', { pipeline: 'held' });
      expect(refused).toMatchObject({ status: 409, body: { code: 'run/already_running', details: { runId: run.id } } });
      await api.call('POST', `/runs/${run.id}/resume`);
      await until(async () => (await api.call('GET', `/runs/${run.id}`)).body.state !== 'paused');
      await api.call('POST', `/runs/${run.id}/cancel`);
      expect((await ended(run.id)).state).toBe('cancelled');
      expect((await api.call('POST', `/runs/${run.id}/pause`)).body.code).toBe('run/not_active');
    } finally {
      await slow.stop();
    }
  });

  test('a paused pipeline starts nothing until it goes on', async () => {
    await api.call('POST', '/pipelines', { definition: definition('resting') });
    expect((await api.call('POST', '/pipelines/resting/pause')).body.state).toBe('paused');
    expect((await api.call('POST', '/runs', { pipeline: 'resting' })).body.code).toBe('run/pipeline_paused');
    expect((await api.call('POST', '/pipelines/resting/resume')).body).toMatchObject({
      state: 'active',
      pauseReason: null,
    });
    const { body } = await api.call('POST', '/runs', { pipeline: 'resting' });
    expect((await ended(body.id)).state).toBe('done');
  });

  test('a refused record is edited and resent until it arrives', async () => {
    const id = source.store.records('contacts')[0]?.id as string;
    const extra = `steps: [{ require: [{ that: "record.id != '${id}' || record.name == 'Mended'", message: Not this one. }] }]`;
    const { body: run } = await api.call('POST', '/runs', { definition: definition('letters', { extra }) });
    expect(await ended(run.id)).toMatchObject({ state: 'done_with_dead_letters', totals: { deadLetters: 1 } });
    const { body: page } = await api.call('GET', '/dead-letters?pipeline=letters');
    const [letter] = page.items;
    expect(letter).toMatchObject({ sourceKey: id, code: 'map/requirement_failed', state: 'open', hasRecord: true });
    const { body: opened } = await api.call('GET', `/dead-letters/${letter.id}`);
    expect(opened.record).toMatchObject({ id });
    const edited = await api.call('PUT', `/dead-letters/${letter.id}/record`, {
      record: { ...opened.record, name: 'Mended' },
    });
    expect(edited.body.record.name).toBe('Mended');
    const resent = await api.call('POST', '/dead-letters/resend', { ids: [letter.id] });
    expect(resent).toMatchObject({ status: 202, body: { resent: 1, isMore: false, runs: [{ isNew: true }] } });
    expect(await ended(resent.body.runs[0].runId)).toMatchObject({
      state: 'done',
      kind: 'resend',
      totals: { written: 1 },
    });
    expect((await api.call('GET', `/dead-letters/${letter.id}`)).body.state).toBe('solved');
    const repeated = await api.call('POST', '/dead-letters/resend', { ids: [letter.id] });
    expect(repeated).toMatchObject({ status: 409, body: { code: 'dead_letter/not_open' } });
  });

  test('discarded records are left alone', async () => {
    const extra = `steps: [{ require: [{ that: "record.id < '3'", message: Too many. }] }]`;
    const { body: run } = await api.call('POST', '/runs', { definition: definition('given-up', { extra }) });
    const { totals } = await ended(run.id);
    const { body } = await api.call('POST', '/dead-letters/discard', { run: run.id });
    expect(body.discarded).toBe(totals.deadLetters);
    expect((await api.call('GET', '/dead-letters?pipeline=given-up&state=open')).body.items).toEqual([]);
  });

  test('replay moves the same records again, by the version of that run or the present one', async () => {
    const { body: first } = await api.call('POST', '/runs', { definition: definition('replayed') });
    await ended(first.id);
    const text = definition('replayed').replace('phone: phone', 'phone: phone, position: position');
    expect((await api.call('POST', '/pipelines', { definition: text })).body).toMatchObject({
      version: 2,
      isNew: true,
    });
    const same = await api.call('POST', `/runs/${first.id}/replay`);
    expect(same.body).toMatchObject({ kind: 'replay', version: 1 });
    expect((await ended(same.body.id)).totals).toMatchObject({ written: 0, unchanged: 200 });
    const current = await api.call('POST', `/runs/${first.id}/replay`, { version: 'current' });
    expect(current.body.version).toBe(2);
    expect((await ended(current.body.id)).totals.written).toBe(200);
  });

  test('backfill reads a period again and leaves the checkpoint alone', async () => {
    const { body: first } = await api.call('POST', '/runs', { definition: definition('filled') });
    await ended(first.id);
    const back = await api.call('POST', '/pipelines/filled/backfill', {
      flow: 'contacts',
      from: '2000-01-01T00:00:00Z',
      to: '2100-01-01T00:00:00Z',
    });
    expect(await ended(back.body.id)).toMatchObject({ kind: 'backfill', totals: { read: 200, unchanged: 200 } });
    const wrong = { flow: 'contacts', from: '2026-02-01T00:00:00Z', to: '2026-01-01T00:00:00Z' };
    expect((await api.call('POST', '/pipelines/filled/backfill', wrong)).status).toBe(400);
  });

  test('reset reads everything again; forgetting links must be confirmed', async () => {
    const { body: first } = await api.call('POST', '/runs', { definition: definition('reset-me') });
    await ended(first.id);
    expect((await api.call('POST', '/pipelines/reset-me/reset', { flow: 'contacts' })).body.linksForgotten).toBe(0);
    const { body: second } = await api.call('POST', '/runs', { pipeline: 'reset-me' });
    expect((await ended(second.id)).totals).toMatchObject({ read: 200, unchanged: 200 });
    const unconfirmed = await api.call('POST', '/pipelines/reset-me/reset', { links: true });
    expect(unconfirmed).toMatchObject({ status: 422, body: { code: 'run/confirmation_needed' } });
    const forgot = await api.call('POST', '/pipelines/reset-me/reset', { links: true, confirm: 'reset-me' });
    expect(forgot.body).toMatchObject({ flows: ['contacts'], linksForgotten: 200 });
    expect((await api.call('POST', '/pipelines/reset-me/reset', { flow: 'nobody' })).body.code).toBe(
      'definition/not_found',
    );
  });

  test('a preview shows what apply then writes', async () => {
    await touch({ name: 'Before preview' });
    const started = await api.call('POST', '/previews', { definition: definition('shown-first') });
    expect(started.status).toBe(201);
    const ready = await until(async () => {
      const { body } = await api.call('GET', `/previews/${started.body.id}`);
      return body.state === 'open' ? null : body;
    });
    expect(ready).toMatchObject({ state: 'ready', run: { kind: 'preview', state: 'done' } });
    const changes = await api.call('GET', `/previews/${started.body.id}/changes?limit=150`);
    expect(changes.body.items).toHaveLength(150);
    const rest = await api.call('GET', `/previews/${started.body.id}/changes?limit=150&cursor=${changes.body.next}`);
    expect(rest.body).toMatchObject({ next: null });
    expect(rest.body.items).toHaveLength(50);
    const applied = await api.call('POST', `/previews/${started.body.id}/apply`);
    expect(await ended(applied.body.id)).toMatchObject({ kind: 'apply', state: 'done', totals: { written: 200 } });
  });

  test('views come as an array and as JSON lines, filtered by column', async () => {
    const { body: run } = await api.call('POST', '/runs', { definition: definition('viewed') });
    await ended(run.id);
    const rows = await api.call('GET', '/views/v_record_map?pipeline=viewed');
    expect(rows.body).toHaveLength(200);
    const lines = await api.call('GET', `/views/v_reconciliation?run_id=${run.id}`, undefined, {
      headers: { accept: 'application/x-ndjson' },
    });
    expect(
      lines.text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([{ flow: 'contacts', written: 200 }]);
    expect((await api.call('GET', '/views/v_secrets')).status).toBe(400);
  });

  test('publishing with a webhook trigger registers at the vendor, and an event moves its record', async () => {
    const text = definition('listening', { trigger: '{ webhook: { reconcile: 1h } }' });
    const published = await api.call('POST', '/pipelines', { definition: text });
    expect(published.body.hooks).toMatchObject([{ connection: 'crm', isRegistered: true }]);
    await until(async () => {
      const { body } = await api.call('GET', '/runs?pipeline=listening');
      return body.items.some((run: { kind: string; state: string }) => run.kind === 'poll' && run.state === 'done');
    });
    await touch({ name: 'Told by webhook' });
    await until(async () => {
      const found = target.store.records('contacts').find((record) => record.name === 'Told by webhook');
      return found !== undefined;
    });
    const hooks = await api.call('GET', '/hooks');
    expect(hooks.body.items).toMatchObject([{ connection: 'crm', isRegistered: true }]);
    expect((await api.call('DELETE', `/hooks/${hooks.body.items[0].id}`)).status).toBe(204);
    await api.call('POST', '/pipelines/listening/pause');
  });

  test('a deleted pipeline is gone for the API and may be published anew', async () => {
    await api.call('POST', '/pipelines', { definition: definition('short-lived') });
    expect((await api.call('DELETE', '/pipelines/short-lived')).status).toBe(204);
    expect((await api.call('GET', '/pipelines/short-lived')).status).toBe(404);
    const again = await api.call('POST', '/pipelines', { definition: definition('short-lived') });
    expect(again.body.version).toBe(1);
  });
});
