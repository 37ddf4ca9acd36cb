import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runCli } from '../../cli/program.js';
import type { CliTools } from '../../cli/tools.js';
import type { RestCrmSandbox } from '../../sandbox/rest-crm/sandbox.js';
import { setSwitches, touch, untilCount } from '../siege/copy.js';
import type { TestApi } from '../support/api.js';
import type { TestEngine } from '../support/engine.js';
import { startTwoCrms, type TwoCrms } from '../support/two-crms.js';
import { until } from '../support/until.js';

const records = 4_000;

const definition = `
pipeline: by-hand
title: Copy the contacts
connections: { crm: { connector: http }, copy: { connector: http } }
flows:
  contacts:
    from: { stream: crm.contacts, read: incremental }
    map: { name: name, email: email, position: position }
    to: { stream: copy.contacts, write: upsert, batch: 50 }
`;

describe('the command line in mid-run', () => {
  let crms: TwoCrms;
  let engine: TestEngine;
  let api: TestApi;
  let source: RestCrmSandbox;
  let target: RestCrmSandbox;
  const folder = mkdtempSync(join(tmpdir(), 'pipewright-cli-'));
  const file = join(folder, 'by-hand.yaml');

  beforeAll(async () => {
    writeFileSync(file, definition);
    crms = await startTwoCrms({ contacts: records });
    ({ engine, api, source, target } = crms);
  });

  afterAll(async () => {
    await crms?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Runs a command as a person would; returns what it printed, line by line as JSON. */
  const pipewright = async (...args: string[]): Promise<{ code: number; lines: Record<string, unknown>[] }> => {
    const texts: string[] = [];
    const sink = { write: (text: string) => texts.push(text) };
    const tools = {
      version: 'test',
      stdout: sink,
      stderr: { write: () => true },
      stdin: process.stdin,
      server: () => ({ address: api.address, key: api.key }),
      connectors: async () => engine.engine.dependencies.connectors,
    } as unknown as CliTools;
    const code = await runCli([...args, '--json'], tools);
    const lines = texts
      .join('')
      .split('\n')
      .filter((line) => line.startsWith('{'));
    return { code, lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
  };

  const start = async (): Promise<string> => {
    const { code, lines } = await pipewright('run', file, '--detach');
    expect(code).toBe(0);
    return String(lines[0]?.id ?? lines[0]?.runId);
  };
  const inState = (run: string, state: string) =>
    until(async () => (await api.call('GET', `/runs/${run}`)).body.state === state, 60_000);
  const countsOf = async (run: string) => (await api.call('GET', `/runs/${run}`)).body.totals;

  test('pauses, resumes and cancels; then replays, backfills and resets: nothing lost, nothing twice', async () => {
    await setSwitches(target, { latency_ms: 100 });
    const run = await start();
    await untilCount(target, 50);
    expect((await pipewright('pause', run)).code).toBe(0);
    await inState(run, 'paused');
    const atPause = target.log.lastSeq;
    const written = target.store.count('contacts');
    expect(written).toBeLessThan(records);
    expect((await countsOf(run)).written).toBe(written);
    expect((await pipewright('resume', run)).code).toBe(0);
    await untilCount(target, written + 50);
    expect(target.log.lastSeq).toBeGreaterThan(atPause);
    expect((await pipewright('cancel', run)).code).toBe(0);
    await inState(run, 'cancelled');
    const atCancel = target.store.count('contacts');
    expect((await countsOf(run)).written).toBe(atCancel);

    // The next run goes on where the cancelled one stood.
    await setSwitches(target, { latency_ms: 0 });
    const rest = await pipewright('run', 'by-hand');
    expect(rest.code).toBe(0);
    expect(target.store.count('contacts')).toBe(records);
    const creates = target.log.list().filter(({ effect, status }) => effect === 'create' && status < 300);
    expect(new Set(creates.map((entry) => entry.external_id)).size).toBe(records);
    expect(creates).toHaveLength(records);

    const before = target.log.lastSeq;
    expect((await pipewright('replay', run)).code).toBe(0);
    const period = ['--from', '2000-01-01T00:00:00Z', '--to', '2100-01-01T00:00:00Z'];
    expect((await pipewright('backfill', 'by-hand', 'contacts', ...period)).code).toBe(0);
    expect((await pipewright('reset', 'by-hand', 'contacts')).code).toBe(0);
    const [touched] = await touch(source, { count: 1, fields: { position: 'Touched' } });
    expect((await pipewright('run', 'by-hand')).code).toBe(0);
    const writes = target.log.list().filter(({ seq, effect }) => seq > before && effect !== 'read');
    expect(touched).toBeDefined();
    expect(writes.map(({ effect }) => effect).filter((effect) => effect !== 'lookup')).toEqual(['update']);
  }, 150_000);
});
