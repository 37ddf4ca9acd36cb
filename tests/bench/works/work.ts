import type { BenchBed, RunFigures } from '../bed.js';
import { mapInYaml } from '../mapping.js';

export interface Work {
  readonly name: string;
  readonly title: string;
  run(bed: BenchBed, options: { readonly records: number; readonly rounds: number }): Promise<string[]>;
}

/** Reads are not written into the sandbox's log where only speed counts. */
export const quiet = ['--set', 'read_effects=false'];

/** The bulk work's pipeline: the eight mapped fields, HTTP on both sides unless changed. */
export const httpFlow = (id: string, mode: string) => `
pipeline: ${id}
title: Bench
connections: { source: { connector: http }, target: { connector: http } }
flows:
  contacts:
    from: { stream: source.contacts, read: full }
    map:${mapInYaml}
    to: { stream: target.contacts, write: ${mode} }
`;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** The ratio, and what stands behind it. */
export function report(
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
