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
const toHttp: Work = {
  name: 'A-http',
  title: 'HTTP to HTTP, upsert',
  run: async (bed, { records, rounds }) => {
    const source = await bed.startSandbox(['--seed', '1', '--records', String(records), ...quiet]);
    const worker = await bed.startWorker();
    const from = await bed.connect('http', { service: 'rest-crm', base_url: source.url }, { token: source.token });
    const raw: RunFigures[] = [];
    const ours: RunFigures[] = [];
    const again: RunFigures[] = [];
    for (let round = 0; round < rounds; round++) {
      const rawTarget = await bed.startSandbox(['--seed', '2', ...quiet]);
      raw.push(
        await bed.runRaw({
          source: { url: source.url, token: source.token },
          target: { kind: 'http', url: rawTarget.url, token: rawTarget.token, mode: 'upsert' },
        }),
      );
      await rawTarget.child.stop();
      const target = await bed.startSandbox(['--seed', '3', ...quiet]);
      const to = await bed.connect('http', { service: 'rest-crm', base_url: target.url }, { token: target.token });
      const pipeline = await bed.publish(httpFlow(`a-http-${round}`, 'upsert'), { source: from, target: to });
      ours.push(await bed.run(pipeline, worker));
      again.push(await bed.run(pipeline, worker));
      await target.child.stop();
    }
    await source.child.stop();
    await worker.stop();
    return [
      ...report('A to HTTP, upsert', raw, ours, records, 0.6),
      ...report('second run, unchanged', raw, again, records, 0.75),
    ];
  },
};

export const works: readonly Work[] = [toHttp];
