import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startRestCrm } from '../../sandbox/rest-crm/sandbox.js';
import type { TestApi } from '../support/api.js';
import type { TestEngine } from '../support/engine.js';
import { connectCrm, startTwoCrms, type TwoCrms } from '../support/two-crms.js';
import { until } from '../support/until.js';

const definition = (id: string) => `
pipeline: ${id}
connections: { crm: { connector: http }, copy: { connector: http } }
flows:
  contacts:
    from: { stream: crm.contacts, read: full }
    map: { name: name, position: position }
    to: { stream: copy.contacts, write: upsert }
  companies:
    from: { stream: crm.companies, read: full }
    map: { name: name }
    to: { stream: copy.companies, write: upsert }
`;

describe('previews over the API', () => {
  let crms: TwoCrms;
  let engine: TestEngine;
  let api: TestApi;

  beforeAll(async () => {
    crms = await startTwoCrms(40);
    ({ engine, api } = crms);
  });

  afterAll(() => crms?.stop());

  const ready = (id: string) =>
    until(async () => {
      const { body } = await api.call('GET', `/previews/${id}`);
      return body.state === 'open' ? null : body;
    });
  const ended = (id: string) =>
    until(async () => {
      const { body } = await api.call('GET', `/runs/${id}`);
      return body.endedAt === null ? null : body;
    });

  test('it tells calls and time, its changes by flow and operation, and who applied it', async () => {
    const started = await api.call('POST', '/previews', { definition: definition('told') });
    expect(started.body).toMatchObject({ state: 'open', cost: null, isOutdated: false, appliedRunId: null });
    const { id } = started.body;
    const preview = await ready(id);
    expect(preview.cost).toEqual({
      calls: 2,
      atLeastMs: expect.any(Number),
      connections: [{ connection: 'copy', connector: 'http', reads: 0, writes: 2, atLeastMs: expect.any(Number) }],
    });
    const count = async (query: string) =>
      (await api.call('GET', `/previews/${id}/changes?${query}`)).body.items.length;
    expect(await count('limit=200')).toBe(44);
    expect(await count('limit=200&flow=companies')).toBe(4);
    expect(await count('limit=200&operation=update')).toBe(0);
    expect(
      (await count('limit=200&flow=contacts&operation=upsert')) +
        (await count('limit=200&flow=contacts&operation=create')),
    ).toBe(40);
    const applied = await api.call('POST', `/previews/${id}/apply`);
    await ended(applied.body.id);
    const after = await api.call('GET', `/previews/${id}`);
    expect(after.body).toMatchObject({ state: 'applied', isOutdated: false, appliedRunId: applied.body.id });
  });

  test('it says that it is outdated once a flow has moved on', async () => {
    const text = definition('overtaken').replaceAll('read: full', 'read: incremental');
    await api.call('POST', '/pipelines', { definition: text });
    const started = await api.call('POST', '/previews', { pipeline: 'overtaken' });
    expect((await ready(started.body.id)).isOutdated).toBe(false);
    const run = await api.call('POST', '/runs', { pipeline: 'overtaken' });
    await ended(run.body.id);
    expect((await ready(started.body.id)).isOutdated).toBe(true);
  });

  test('a draft is previewed beside the published version, and published when its preview is applied', async () => {
    const text = definition('tried').replaceAll('read: full', 'read: incremental');
    const draft = text.replace('position: position', 'position: name');
    await api.call('POST', '/pipelines', { definition: text });
    const versions = async () => (await api.call('GET', '/pipelines/tried/versions')).body.items;
    const started = await api.call('POST', '/previews', { definition: draft });
    expect(started).toMatchObject({ status: 201, body: { version: 2, isDraft: true } });
    const { id } = started.body;
    await ready(id);
    expect(await versions()).toMatchObject([{ version: 1 }]);
    expect((await api.call('GET', '/pipelines/tried')).body).toMatchObject({ publishedVersion: 1, definition: text });
    const refused = await api.call('POST', '/runs', { pipeline: 'tried', version: 2 });
    expect(refused).toMatchObject({ status: 404, body: { code: 'definition/not_found' } });
    const again = await api.call('POST', '/previews', { definition: draft });
    expect(again.body).toMatchObject({ version: 2, isDraft: true });
    await ready(again.body.id);

    const applied = await api.call('POST', `/previews/${id}/apply`);
    expect(applied.body).toMatchObject({ kind: 'apply', version: 2 });
    expect(await ended(applied.body.id)).toMatchObject({ state: 'done', totals: { written: 44 } });
    expect(await versions()).toMatchObject([{ version: 2 }, { version: 1 }]);
    expect((await ready(id)).isDraft).toBe(false);
  });

  test('a new pipeline begins with the previewed text as its draft, and a paused one can be previewed', async () => {
    const started = await api.call('POST', '/previews', { definition: definition('begun') });
    expect(started.body).toMatchObject({ version: 1, isDraft: true });
    expect((await api.call('GET', '/pipelines/begun')).body).toMatchObject({ publishedVersion: null, hasDraft: true });
    const pages = await api.call('GET', '/pipelines/begun/draft');
    expect(pages.body.definition).toBe(definition('begun'));
    await ready(started.body.id);
    await api.call('POST', '/pipelines/begun/pause');
    const paused = await api.call('POST', '/previews', { definition: definition('begun') });
    expect((await ready(paused.body.id)).state).toBe('ready');
    const refused = await api.call('POST', `/previews/${paused.body.id}/apply`);
    expect(refused).toMatchObject({ status: 409, body: { code: 'run/pipeline_paused' } });
    expect((await api.call('GET', '/pipelines/begun')).body.publishedVersion).toBeNull();
  });

  test('a draft that renames a flow is previewed under the new name and moves its data when applied', async () => {
    const text = definition('renamed');
    const run = await api.call('POST', '/runs', { definition: text });
    await ended(run.body.id);
    const draft = text.replace('  companies:\n', '  firms:\n    renamed_from: companies\n');
    const started = await api.call('POST', '/previews', { definition: draft, flows: ['firms'] });
    const preview = await ready(started.body.id);
    expect(preview.run.flows).toMatchObject([{ flow: 'firms', unchanged: 4, written: 0 }]);
    const flows = async () =>
      (
        await engine.rows<{ name: string }>(`select f.name from flow f join pipeline p on p.uid = f.pipeline_uid
        where p.id = 'renamed' order by 1`)
      ).map(({ name }) => name);
    expect(await flows()).toEqual(['companies', 'contacts']);
    const applied = await api.call('POST', `/previews/${started.body.id}/apply`);
    await ended(applied.body.id);
    expect(await flows()).toEqual(['contacts', 'firms']);
  });

  test('what was published after the preview is not taken back', async () => {
    const text = definition('late');
    await api.call('POST', '/pipelines', { definition: text });
    const started = await api.call('POST', '/previews', {
      definition: text.replace('position: position', 'position: name'),
    });
    await ready(started.body.id);
    await api.call('POST', '/pipelines', { definition: text.replace('position: position', 'email: name') });
    expect((await ready(started.body.id)).isOutdated).toBe(true);
    const refused = await api.call('POST', `/previews/${started.body.id}/apply`);
    expect(refused).toMatchObject({ status: 422, body: { code: 'preview/outdated' } });
    expect((await api.call('GET', '/pipelines/late')).body.publishedVersion).toBe(3);
  });

  test('only a preview that was made to its end is applied', async () => {
    const slow = await startRestCrm({ seed: 3, records: 10, latencyMs: 60_000 });
    try {
      await connectCrm(engine, 'slow', slow);
      const text = definition('broken-off').replaceAll('crm', 'slow');
      const started = await api.call('POST', '/previews', { definition: text });
      const { id, run } = started.body;
      const refusal = { status: 409, body: { code: 'preview/not_ready' } };
      expect(await api.call('POST', `/previews/${id}/apply`)).toMatchObject(refusal);
      await api.call('POST', `/runs/${run.id}/cancel`);
      expect((await ready(id)).state).toBe('failed');
      expect(await api.call('POST', `/previews/${id}/apply`)).toMatchObject(refusal);
    } finally {
      await slow.stop();
    }
  });
});
