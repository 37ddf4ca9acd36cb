import { join } from 'node:path';
import type { JsonObject } from '../../core/json.js';
import { queryOnce } from '../../runtime/postgres-connection.js';
import { restCrmDefinition } from '../support/rest-crm-service.js';
import type { BenchBed, RunFigures } from './bed.js';
import { mapInYaml } from './mapping.js';

export interface Work {
  readonly name: string;
  readonly title: string;
  run(bed: BenchBed, options: { readonly records: number; readonly rounds: number }): Promise<string[]>;
}

const quiet = ['--set', 'read_effects=false'];

const httpFlow = (id: string, mode: string) => `
pipeline: ${id}
title: Bench
connections: { source: { connector: http }, target: { connector: http } }
flows:
  contacts:
    from: { stream: source.contacts, read: full }
    map:${mapInYaml}
    to: { stream: target.contacts, write: ${mode} }
`;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function report(
  name: string,
  raw: readonly RunFigures[],
  ours: readonly RunFigures[],
  records: number,
  goal: number,
): string[] {
  const [rawMs, ourMs] = [median(raw.map((figure) => figure.ms)), median(ours.map((figure) => figure.ms))];
  const ratio = rawMs / ourMs;
  return [
    `${name}: ${ratio.toFixed(2)} of raw (goal ${goal.toFixed(2)})`,
    `  raw   ${Math.round((records / rawMs) * 1_000)} records/s, cpu ${(median(raw.map((f) => f.cpuMs)) / 1_000).toFixed(2)} s, peak ${Math.round(median(raw.map((f) => f.peakMb)))} MB`,
    `  ours  ${Math.round((records / ourMs) * 1_000)} records/s, worker cpu ${(median(ours.map((f) => f.cpuMs)) / 1_000).toFixed(2)} s, peak ${Math.round(median(ours.map((f) => f.peakMb)))} MB`,
  ];
}

/** A to HTTP: both loops in turn, each round into a fresh target, and for ours a second run with nothing changed. */
function toHttp(name: string, mode: 'upsert' | 'create', goal: number): Work {
  return {
    name,
    title: `HTTP to HTTP, ${mode}`,
    run: async (bed, { records, rounds }) => {
      const source = await bed.startSandbox(['--seed', '1', '--records', String(records), ...quiet]);
      const worker = await bed.startWorker();
      const from = await bed.connect('http', { service: 'rest-crm', base_url: source.url }, { token: source.token });
      const own: JsonObject =
        mode === 'create' ? { definition: restCrmDefinition({ repeat: 'find_then_create' }) } : {};
      const switches = mode === 'create' ? ['--set', 'idempotency_header=false', '--set', 'own_id_unique=false'] : [];
      const figures: Record<'raw' | 'ours' | 'again', RunFigures[]> = { raw: [], ours: [], again: [] };
      for (let round = 0; round < rounds; round++) {
        const rawTarget = await bed.startSandbox(['--seed', '2', ...quiet, ...switches]);
        const order = { url: rawTarget.url, token: rawTarget.token, kind: 'http', mode };
        figures.raw.push(await bed.runRaw({ source: { url: source.url, token: source.token }, target: order }));
        await rawTarget.child.stop();
        const target = await bed.startSandbox(['--seed', '3', ...quiet, ...switches]);
        const to = await bed.connect(
          'http',
          { service: 'rest-crm', base_url: target.url, ...own },
          { token: target.token },
        );
        const pipeline = await bed.publish(httpFlow(`${name.toLowerCase()}-${round}`, 'upsert'), {
          source: from,
          target: to,
        });
        figures.ours.push(await bed.run(pipeline, worker));
        figures.again.push(await bed.run(pipeline, worker));
        await target.child.stop();
      }
      await source.child.stop();
      await worker.stop();
      const lines = report(`A to HTTP, ${mode}`, figures.raw, figures.ours, records, goal);
      return mode === 'create'
        ? lines
        : [...lines, ...report('second run, unchanged', figures.raw, figures.again, records, 0.75)];
    },
  };
}

/** A to PostgreSQL: an upsert by primary key into a table of nine text columns, through TCP for both. */
const toPostgres: Work = {
  name: 'A-postgres',
  title: 'HTTP to PostgreSQL, upsert',
  run: async (bed, { records, rounds }) => {
    const source = await bed.startSandbox(['--seed', '1', '--records', String(records), ...quiet]);
    const worker = await bed.startWorker();
    const tcp = await bed.openTcp();
    const from = await bed.connect('http', { service: 'rest-crm', base_url: source.url }, { token: source.token });
    const { user, database } = bed.postgres.connection;
    const settings = { host: '127.0.0.1', port: tcp.port, database, user, ssl: 'disable' };
    const to = await bed.connect('postgres', settings, { password: 'not-asked-for' });
    const raw: RunFigures[] = [];
    const ours: RunFigures[] = [];
    for (let round = 0; round < rounds; round++) {
      for (const table of [`raw_${round}`, `ours_${round}`]) {
        await queryOnce(
          bed.postgres.ownerUrl,
          `create table ${table} (external_id text primary key, name text, email text, phone text, position text, birthday text, owner text, first_name text, last_name text)`,
        );
      }
      const order = { kind: 'postgres', connectionString: tcp.connectionString, table: `raw_${round}` };
      raw.push(await bed.runRaw({ source: { url: source.url, token: source.token }, target: order }));
      const definition = httpFlow(`a-postgres-${round}`, 'upsert, match_on: [external_id]')
        .replace('target: { connector: http }', 'target: { connector: postgres }')
        .replace('to: { stream: target.contacts', `to: { stream: target.ours_${round}`)
        .replace('    map:', '    map:\n      external_id: id');
      ours.push(await bed.run(await bed.publish(definition, { source: from, target: to }), worker));
    }
    await source.child.stop();
    await worker.stop();
    return report('A to PostgreSQL, upsert', raw, ours, records, 0.65);
  },
};

/** A to JSON Lines: appended, synced to disk at each commit by ours, not at all by the raw loop. */
const toFile: Work = {
  name: 'A-jsonl',
  title: 'HTTP to JSON Lines',
  run: async (bed, { records, rounds }) => {
    const source = await bed.startSandbox(['--seed', '1', '--records', String(records), ...quiet]);
    const worker = await bed.startWorker();
    const from = await bed.connect('http', { service: 'rest-crm', base_url: source.url }, { token: source.token });
    const raw: RunFigures[] = [];
    const ours: RunFigures[] = [];
    for (let round = 0; round < rounds; round++) {
      const path = join(bed.options.folder, `raw-${round}.jsonl`);
      raw.push(await bed.runRaw({ source: { url: source.url, token: source.token }, target: { kind: 'jsonl', path } }));
      const to = await bed.connect(
        'file',
        { streams: { contacts: { path: `ours-${round}.jsonl`, format: 'jsonl' } } },
        null,
      );
      const definition = httpFlow(`a-jsonl-${round}`, 'insert').replace(
        'target: { connector: http }',
        'target: { connector: file }',
      );
      ours.push(await bed.run(await bed.publish(definition, { source: from, target: to }), worker));
    }
    await source.child.stop();
    await worker.stop();
    return report('A to JSON Lines', raw, ours, records, 0.5);
  },
};

/** B: a vendor with 60 ms latency and 7 requests in any rolling second; five pipelines share the account. */
const limited: Work = {
  name: 'B',
  title: 'Rate-limited vendor',
  run: async (bed) => {
    const requests = 7;
    const count = 12_000;
    const source = await bed.startSandbox([
      '--seed',
      '1',
      '--records',
      String(count),
      '--latency',
      '60',
      '--rate',
      `${requests}/1`,
    ]);
    const worker = await bed.startWorker();
    const definition = restCrmDefinition({ limits: [{ requests, per: '1s' }] });
    const from = await bed.connect(
      'http',
      { service: 'own', base_url: source.url, definition },
      { token: source.token },
    );
    const runs = await Promise.all(
      Array.from({ length: 5 }, async (_, index) => {
        const target = await bed.startSandbox(['--seed', String(10 + index), ...quiet]);
        const to = await bed.connect('http', { service: 'rest-crm', base_url: target.url }, { token: target.token });
        return bed.run(
          await bed.publish(httpFlow(`b-limited-${index}`, 'upsert'), { source: from, target: to }),
          worker,
        );
      }),
    );
    const seen = (await (await fetch(`${source.control}/requests?after=0`)).json()) as {
      at: string | number;
      status: number;
    }[];
    const times = seen.map((request) => Number(new Date(request.at))).sort((a, b) => a - b);
    const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1_000;
    const share = (seen.length - 1) / (seconds * requests);
    const refused = seen.filter((request) => request.status === 429).length;
    await worker.stop();
    return [
      `B: ${share.toFixed(3)} of the permitted requests used (goal 0.94), ${refused} of ${seen.length} refused (goal 0)`,
      `  five pipelines on one account, ${Math.round(median(runs.map((run) => run.ms)) / 1_000)} s each`,
    ];
  },
};

/** C: after a full load, one per cent changed; then a sync with nothing new. */
const incremental: Work = {
  name: 'C',
  title: 'Incremental',
  run: async (bed, { records }) => {
    const source = await bed.startSandbox(['--seed', '1', '--records', String(records)]);
    const target = await bed.startSandbox(['--seed', '2']);
    const worker = await bed.startWorker();
    const from = await bed.connect('http', { service: 'rest-crm', base_url: source.url }, { token: source.token });
    const to = await bed.connect('http', { service: 'rest-crm', base_url: target.url }, { token: target.token });
    const pipeline = await bed.publish(httpFlow('c-incremental', 'upsert').replace('read: full', 'read: incremental'), {
      source: from,
      target: to,
    });
    await bed.run(pipeline, worker);
    const changed = Math.round(records / 100);
    await fetch(`${source.control}/touch`, {
      method: 'POST',
      body: JSON.stringify({ stream: 'contacts', count: changed, fields: { email: 'changed@example.com' } }),
    });
    const requests = async (): Promise<number> =>
      ((await (await fetch(`${source.control}/requests?after=0`)).json()) as unknown[]).length;
    const before = await requests();
    const run = await bed.run(pipeline, worker);
    const between = await requests();
    const idle = await bed.run(pipeline, worker);
    const after = await requests();
    const [counts] = await bed.rows<{ written: number }>('select written from v_reconciliation where run_id = $1', [
      run.run.id,
    ]);
    const [none] = await bed.rows<{ written: number }>('select written from v_reconciliation where run_id = $1', [
      idle.run.id,
    ]);
    const raw = await bed.runRaw({
      source: { url: source.url, token: source.token },
      target: { kind: 'http', url: target.url, token: target.token, mode: 'upsert' },
    });
    await worker.stop();
    return [
      `C: ${changed} of ${records} changed: ${Math.round(run.ms)} ms, ${counts?.written} written, ${between - before} requests to the source (goal ${Math.ceil(changed / 250) + 1})`,
      `  nothing new: ${Math.round(idle.ms)} ms, ${none?.written} written, ${after - between} requests (goal 1); raw full read ${Math.round(raw.ms)} ms`,
    ];
  },
};

/** E: kill -9 half-way at a target without keys; the target's own log is the truth. */
const killed: Work = {
  name: 'E',
  title: 'kill -9 half-way',
  run: async (bed, { records }) => {
    const source = await bed.startSandbox(['--seed', '1', '--records', String(records)]);
    const switches = ['--set', 'idempotency_header=false', '--set', 'own_id_unique=false'];
    const target = await bed.startSandbox(['--seed', '2', ...switches]);
    const from = await bed.connect('http', { service: 'rest-crm', base_url: source.url }, { token: source.token });
    const definition = restCrmDefinition({ repeat: 'find_then_create' });
    const to = await bed.connect('http', { service: 'own', base_url: target.url, definition }, { token: target.token });
    const pipeline = await bed.publish(httpFlow('e-killed', 'upsert'), { source: from, target: to });
    const first = await bed.startWorker();
    const running = bed.run(pipeline, first).catch((error: unknown) => error);
    const count = async (): Promise<number> =>
      ((await (await fetch(`${target.control}/counts`)).json()) as { streams: { contacts: number } }).streams.contacts;
    while ((await count()) < records / 2) await new Promise((resolve) => setTimeout(resolve, 10));
    first.process.kill('SIGKILL');
    const second = await bed.startWorker();
    const atKill = await count();
    const began = performance.now();
    while ((await count()) <= atKill) await new Promise((resolve) => setTimeout(resolve, 10));
    const goingOnMs = performance.now() - began;
    await running;
    const state = (await (await fetch(`${target.control}/state`)).json()) as {
      streams: { contacts: { external_id: string }[] };
    };
    const created = state.streams.contacts.length;
    const distinct = new Set(state.streams.contacts.map((contact) => contact.external_id)).size;
    const pages = ((await (await fetch(`${source.control}/requests?after=0`)).json()) as { path: string }[]).filter(
      (request) => request.path.startsWith('/contacts'),
    ).length;
    await second.stop();
    return [
      `E: lost ${records - distinct} (goal 0), twice ${created - distinct} (goal 0), going on ${(goingOnMs / 1_000).toFixed(1)} s after a new worker was ready (goal 10)`,
      `  ${pages} pages read for ${Math.ceil(records / 250)} (${(((pages * 250) / records - 1) * 100).toFixed(1)}% again, goal 5%)`,
    ];
  },
};

export const works: readonly Work[] = [
  toHttp('A-http', 'upsert', 0.6),
  toHttp('A-create', 'create', 0.5),
  toPostgres,
  toFile,
  limited,
  incremental,
  killed,
];
