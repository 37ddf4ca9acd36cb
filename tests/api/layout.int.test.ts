import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestApi, type TestApi } from '../support/api.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';

describe('the picture of a pipeline', () => {
  let engine: TestEngine;
  let api: TestApi;

  beforeAll(async () => {
    engine = await startTestEngine({ hasWorker: false });
    api = await startTestApi(engine);
  });

  afterAll(async () => {
    await api?.stop();
    await engine?.stop();
  });

  test('keeps where its parts were put beside the draft, which stays as it is', async () => {
    const definition = 'pipeline: drawn\nconnections: {}\nflows: {}\n';
    await api.call('PUT', '/pipelines/drawn/draft', { definition });
    const before = await api.call('GET', '/pipelines/drawn/draft');
    expect((await api.call('GET', '/pipelines/drawn/layout')).body).toEqual({ positions: {} });
    const positions = { 'flow:deals': { x: 260, y: -40 }, trigger: { x: 0, y: 0 } };
    expect(await api.call('PUT', '/pipelines/drawn/layout', { positions })).toMatchObject({ status: 200 });
    expect((await api.call('GET', '/pipelines/drawn/layout')).body).toEqual({ positions });
    const after = await api.call('GET', '/pipelines/drawn/draft');
    expect(after.body).toEqual(before.body);
    expect(after.headers.get('etag')).toBe(before.headers.get('etag'));
  });

  test('takes places only, and not too many', async () => {
    await api.call('PUT', '/pipelines/small/draft', { definition: 'pipeline: small\n' });
    const put = async (positions: unknown): Promise<number> =>
      (await api.call('PUT', '/pipelines/small/layout', { positions })).status;
    expect(await put({ 'flow:deals': { x: 0.5, y: 0 } })).toBe(400);
    expect(await put({ 'flow:deals': { x: 1e9, y: 0 } })).toBe(400);
    expect(await put({ 'flow:deals': { x: 1, y: 0, note: 'x' } })).toBe(400);
    const many = Array.from({ length: 501 }, (_, index) => [`flow:f${index}`, { x: 1, y: 1 }]);
    expect(await put(Object.fromEntries(many))).toBe(400);
    expect((await api.call('PUT', '/pipelines/none/layout', { positions: {} })).status).toBe(404);
  });
});
