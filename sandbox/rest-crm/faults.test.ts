import { afterEach, describe, expect, test } from '@jest/globals';
import { type Called, Caller, objects } from '../kit/caller.js';
import { faultKinds } from '../kit/faults.js';
import { type RestCrmOptions, type RestCrmSandbox, startRestCrm } from './sandbox.js';

const running: RestCrmSandbox[] = [];

async function start(options: RestCrmOptions = {}): Promise<{ crm: RestCrmSandbox; caller: Caller }> {
  const crm = await startRestCrm(options);
  running.push(crm);
  return { crm, caller: new Caller(crm) };
}

afterEach(async () => {
  for (const crm of running.splice(0)) await crm.stop();
});

async function play(caller: Caller, kind: string, request: () => Promise<Called>): Promise<Called | 'cut'> {
  await caller.control('faults', { seed: 1, rate: 1, kinds: [kind] });
  return request().catch(() => 'cut' as const);
}

describe('faults of a sandbox', () => {
  test('drop the answer after the record was made', async () => {
    const { crm, caller } = await start();
    expect(await play(caller, 'commit_then_drop', () => caller.post('/contacts', { name: 'A' }))).toBe('cut');
    expect(crm.store.count('contacts')).toBe(1);
    expect(crm.log.list()).toEqual([
      expect.objectContaining({ effect: 'create', status: 201, fault: 'commit_then_drop' }),
    ]);
  });

  test('reset the connection before anything happened', async () => {
    const { crm, caller } = await start();
    expect(await play(caller, 'reset', () => caller.post('/contacts', { name: 'A' }))).toBe('cut');
    expect(crm.store.count('contacts')).toBe(0);
    expect(crm.kit.requests.list()).toEqual([expect.objectContaining({ status: 0, fault: 'reset' })]);
  });

  test('carry a write out twice', async () => {
    const { crm, caller } = await start();
    await play(caller, 'duplicate', () => caller.post('/contacts', { name: 'A' }));
    expect(crm.store.count('contacts')).toBe(2);
    expect(crm.log.lastSeq).toBe(2);
  });

  test('hide a new record from lists and searches for a while', async () => {
    const { crm, caller } = await start();
    const made = await play(caller, 'late_visible', () => caller.post('/contacts', { name: 'A', external_id: 'a' }));
    crm.kit.clock.setSpeed(0);
    await caller.control('faults', { rate: 0 });
    expect(await caller.all('/contacts?external_id=a')).toEqual([]);
    expect(await caller.all('/contacts')).toEqual([]);
    expect(made).toMatchObject({ status: 201 });
    crm.kit.clock.advance(2000);
    expect(await caller.all('/contacts?external_id=a')).toHaveLength(1);
  });

  test('answer with errors, pages and nothing, now and then after doing the work', async () => {
    const { crm, caller } = await start();
    const answers: string[] = [];
    for (const kind of ['status_429', 'status_503', 'status_500', 'html', 'empty_body']) {
      await caller.control('faults', { seed: 2, rate: 1, kinds: [kind] });
      for (let n = 0; n < 8; n += 1) {
        const { status, headers, text } = await caller.post('/contacts', { name: `${kind} ${n}` });
        answers.push(`${kind} ${status} ${headers.get('content-type')?.split(';')[0]} ${text.length > 0}`);
      }
    }
    expect([...new Set(answers)]).toEqual([
      'status_429 429 application/problem+json true',
      'status_503 503 application/problem+json true',
      'status_500 500 application/problem+json true',
      'html 200 text/html true',
      'empty_body 200 application/json false',
    ]);
    const done = new Map(['429', '503', '500', 'html', 'empty'].map((word) => [word, 0]));
    for (const { name } of crm.store.records('contacts')) {
      for (const word of done.keys()) if (String(name).includes(word)) done.set(word, (done.get(word) ?? 0) + 1);
    }
    expect([done.get('429'), done.get('503')]).toEqual([0, 0]);
    for (const word of ['500', 'html', 'empty']) {
      expect(done.get(word)).toBeGreaterThan(0);
      expect(done.get(word)).toBeLessThan(8);
    }
  });

  test('cut an answer short, with or without saying so', async () => {
    const { caller } = await start({ records: 20 });
    await caller.control('faults', { seed: 4, rate: 1, kinds: ['truncate'] });
    const outcomes = new Set<string>();
    for (let n = 0; n < 12; n += 1) {
      const answer = await caller.get('/contacts').catch(() => undefined);
      outcomes.add(answer === undefined ? 'cut' : JSON.stringify(answer.body));
    }
    expect(outcomes).toEqual(new Set(['cut', '{}']));
  });

  test('delay and drip on the sandbox clock', async () => {
    const { crm, caller } = await start({ records: 20 });
    crm.kit.clock.setSpeed(100);
    for (const kind of ['delay', 'drip']) {
      const answer = await play(caller, kind, () => caller.get('/contacts?limit=20'));
      expect(answer === 'cut' ? [] : objects(answer.body.items)).toHaveLength(20);
    }
    const [delayed] = crm.kit.requests.list();
    expect(delayed?.ms).toBeGreaterThan(199);
  });

  test('come in the same order for the same seed, in about the share that was asked, and end where told', async () => {
    const { crm, caller } = await start();
    const round = async () => {
      const after = crm.kit.requests.lastSeq;
      await caller.control('faults', {
        seed: 11,
        rate: 0.3,
        kinds: ['status_503', 'status_429'],
        until: crm.log.lastSeq + 100,
      });
      for (let n = 0; n < 200; n += 1) await caller.post('/contacts', { name: 'A' });
      return crm.kit.requests.list(after).map(({ fault }) => fault);
    };
    const first = await round();
    expect(await round()).toEqual(first);
    const played = first.filter((fault) => fault !== null).length;
    expect(played).toBeGreaterThan(20);
    expect(played).toBeLessThan(70);
    expect(first.slice(-40).every((fault) => fault === null)).toBe(true);
  });

  test('are refused by name when they are not known', async () => {
    const { caller } = await start();
    const answer = await caller.control('faults', { seed: 1, rate: 1, kinds: ['earthquake'] });
    expect(answer).toEqual({ error: `Fault \`earthquake\` is not known. Known faults: ${faultKinds.join(', ')}.` });
  });
});

describe('limits of a sandbox', () => {
  test('refuse what is over the rolling window, with whole seconds to wait, on the sandbox clock', async () => {
    const { crm, caller } = await start({ rate: { requests: 3, perSeconds: 2 } });
    crm.kit.clock.setSpeed(0);
    const statuses: number[] = [];
    for (let n = 0; n < 5; n += 1) statuses.push((await caller.get('/me')).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    expect((await caller.get('/me')).headers.get('retry-after')).toBe('2');
    await caller.control('clock', { advance: '1500ms' });
    expect((await caller.get('/me')).headers.get('retry-after')).toBe('1');
    await caller.control('clock', { advance: 500 });
    expect((await caller.get('/me')).status).toBe(200);
  });

  test('can be changed, and everything can be put back to the beginning', async () => {
    const { crm, caller } = await start({ records: 10, latencyMs: 1 });
    await caller.control('settings', { rate: { requests: 1, perSeconds: 60 }, latency_ms: 0 });
    await caller.post('/contacts', { name: 'A' });
    expect((await caller.get('/me')).status).toBe(429);
    expect(await caller.control('settings', { rate: 7 })).toEqual({
      error: 'Setting `rate` must be null or {requests, perSeconds}.',
    });
    await caller.control('reset', {});
    expect((await caller.get('/me')).status).toBe(200);
    expect(crm.store.count('contacts')).toBe(10);
    expect(crm.settings.latency_ms).toBe(1);
    expect(crm.log.lastSeq).toBe(0);
  });
});
