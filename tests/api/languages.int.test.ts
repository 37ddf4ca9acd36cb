import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestApi, type TestApi } from '../support/api.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';

const broken = `pipeline: broken
title: Broken
connections: { crm: { connector: http } }
flows:
  companies:
    from: { stream: other.companies, read: full }
    map: { name: name }
    to: { stream: crm.companies, write: upsert }
`;

describe('answers of the API', () => {
  let engine: TestEngine;
  let api: TestApi;

  beforeAll(async () => {
    engine = await startTestEngine({ hasWorker: false });
    api = await startTestApi(engine);
  });

  afterAll(async () => {
    await api.stop();
    await engine.stop();
  });

  test.each([
    ['en', 'There is no run `00000000-0000-4000-8000-000000000000`.'],
    ['ru-RU,ru;q=0.9,en;q=0.8', 'Запуска `00000000-0000-4000-8000-000000000000` нет.'],
    ['uk', 'Запуску `00000000-0000-4000-8000-000000000000` немає.'],
    ['de,pl;q=0.5', 'Nie ma uruchomienia `00000000-0000-4000-8000-000000000000`.'],
    ['ro', 'Nu există rularea `00000000-0000-4000-8000-000000000000`.'],
  ])('come in the language of `Accept-Language: %s`, with the same code', async (accepted, message) => {
    const { body, headers } = await api.call('GET', '/runs/00000000-0000-4000-8000-000000000000', undefined, {
      headers: { 'accept-language': accepted },
    });
    expect(body).toMatchObject({ code: 'api/not_found', message, detail: message });
    expect(headers.get('content-language')).toBe(accepted.includes('pl') ? 'pl' : accepted.slice(0, 2));
    expect(headers.get('vary')).toContain('Accept-Language');
  });

  test('tell every problem of a definition in that language', async () => {
    const { body } = await api.call(
      'POST',
      '/check',
      { definition: broken },
      {
        headers: { 'accept-language': 'pl' },
      },
    );
    expect(body.problems).toContainEqual(
      expect.objectContaining({
        code: 'definition/unknown_slot',
        message: 'Slotu `other` nie ma w `connections`.',
        hint: expect.stringMatching(/^Znane sloty: crm\.$/),
      }),
    );
  });
});
