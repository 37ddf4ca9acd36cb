import { describe, expect, test } from '@jest/globals';
import { createLog } from './log.js';
import { createTelemetry } from './telemetry.js';

function collect() {
  const lines: string[] = [];
  const log = createLog('debug', { write: (line: string) => void lines.push(line) });
  return { lines, telemetry: createTelemetry({ log, hasProcessMetrics: false }) };
}

describe('telemetry', () => {
  test('writes the line and moves the counter of an event together', async () => {
    const { lines, telemetry } = collect();
    telemetry.emit({ kind: 'outcome_unknown', flowId: 7, count: 3 });
    expect(JSON.parse(lines[0] ?? '{}')).toMatchObject({
      level: 'warn',
      event: 'outcome_unknown',
      flowId: 7,
      count: 3,
    });
    expect(await telemetry.registry.metrics()).toContain('pipewright_outcomes_unknown_total 3');
  });

  test('labels counters with what the event says', async () => {
    const { telemetry } = collect();
    telemetry.emit({ kind: 'write_retried', flowId: 1, code: 'egress/timeout', attempt: 2 });
    expect(await telemetry.registry.metrics()).toContain('pipewright_writes_retried_total{code="egress/timeout"} 1');
  });

  test('hides what stands under names of secrets, and passwords in addresses', () => {
    const { lines, telemetry } = collect();
    telemetry.log.info({ secret: 'canary-1', nested: { token: 'canary-2', deeper: { password: 'canary-3' } } }, 'x');
    telemetry.emit({ kind: 'outbox_failed', error: new Error('connect postgresql://me:canary-4@host/db failed') });
    expect(lines.join('')).not.toContain('canary');
  });
});
