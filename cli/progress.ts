import type { Run } from '../client/client.js';
import { durationText } from './output.js';

const barWidth = 24;

/** One line about a run under way; with a bar where its end can be told. */
export function progressLine(run: Run, expected: number | null = run.forecast?.records ?? null): string {
  const { totals } = run;
  const share = expected === null || expected === 0 ? null : Math.min(1, totals.read / expected);
  const parts = [
    share === null ? stateText(run) : `[${bar(share)}] ${Math.floor(share * 100)}%`,
    `${number(totals.read)} read`,
    `${number(totals.written)} written`,
  ];
  for (const [name, value] of [
    ['unchanged', totals.unchanged],
    ['filtered', totals.filtered],
    ['deleted', totals.deleted],
    ['waiting', totals.waiting],
    ['dead letters', totals.deadLetters],
  ] as const) {
    if (value > 0) parts.push(`${number(value)} ${name}`);
  }
  if (run.recordsPerSecond !== null) parts.push(`${number(Math.round(run.recordsPerSecond))}/s`);
  const left = leftMs(run, expected);
  if (left !== null) parts.push(`${durationText(left)} left`);
  if (run.state === 'waiting' || run.state === 'paused') parts.push(run.waitReason ?? run.state);
  return parts.join('  ');
}

function leftMs(run: Run, expected: number | null): number | null {
  if (expected === null || !run.recordsPerSecond || run.endedAt !== null) return null;
  return (Math.max(0, expected - run.totals.read) / run.recordsPerSecond) * 1_000;
}

function bar(share: number): string {
  const full = Math.round(share * barWidth);
  return `${'#'.repeat(full)}${'.'.repeat(barWidth - full)}`;
}

function stateText(run: Run): string {
  return run.state.replaceAll('_', ' ');
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}

/** How a run ended, with its reconciliation, flow by flow. */
export function endText(run: Run): string {
  const took = run.startedAt === null || run.endedAt === null ? 0 : Date.parse(run.endedAt) - Date.parse(run.startedAt);
  const lines = [`Run ${run.number} of ${run.pipeline} (${run.id}) is ${stateText(run)} after ${durationText(took)}.`];
  for (const flow of run.flows) {
    const name = flow.target === '' ? flow.flow : `${flow.flow} > ${flow.target}`;
    const counts = [
      `${number(flow.read)} read = ${number(flow.filtered)} filtered + ${number(flow.sources)} moved on`,
      `${number(flow.produced)} changes = ${number(flow.written)} written + ${number(flow.unchanged)} unchanged + ${number(flow.deleted)} deleted + ${number(flow.deadLetters)} dead letters + ${number(flow.waiting)} waiting`,
    ];
    lines.push(`  ${name}: ${counts.join('; ')}`);
  }
  if (run.failure !== null) lines.push(`  ${run.failure.message}`, `  ${run.failure.hint}`);
  if (run.totals.deadLetters > 0) lines.push(`  See them with: pipewright dead-letters list --run ${run.id}`);
  return lines.join('\n');
}

/** Draws the line of a run again and again in one place of a terminal; elsewhere it stays silent. */
export class ProgressBar {
  #drawn = 0;

  constructor(
    readonly terminal: { write(text: string): unknown; readonly isTTY?: boolean; readonly columns?: number },
  ) {}

  draw(text: string): void {
    if (this.terminal.isTTY !== true) return;
    const shown = text.slice(0, Math.max(20, (this.terminal.columns ?? 100) - 1));
    this.terminal.write(`\r${shown}${' '.repeat(Math.max(0, this.#drawn - shown.length))}`);
    this.#drawn = shown.length;
  }

  clear(): void {
    if (this.terminal.isTTY !== true || this.#drawn === 0) return;
    this.terminal.write(`\r${' '.repeat(this.#drawn)}\r`);
    this.#drawn = 0;
  }
}
