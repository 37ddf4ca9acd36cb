import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { silentLog } from './log.js';
import { isProcessAlive } from './process-identity.js';
import { findProjectFolder } from './project-folder.js';
import { startTemporal, type Temporal } from './temporal.js';
import { checkTemporal, withTemporal } from './temporal-connection.js';

let dataFolder: string;
let started: Temporal[];

beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'pw-'));
  started = [];
});

afterEach(async () => {
  for (const temporal of started) {
    await temporal.stop();
    expect(isProcessAlive(temporal.pid)).toBe(false);
  }
  rmSync(dataFolder, { recursive: true, force: true });
});

async function start(): Promise<Temporal> {
  const temporal = await startTemporal({ dataFolder, namespace: 'pipes', log: silentLog });
  started.push(temporal);
  return temporal;
}

describe('the embedded Temporal server', () => {
  test('serves its namespace, keeps histories for one day and comes back at the same address', async () => {
    const first = await start();
    const answer = await withTemporal(first, 5_000, (connection) =>
      connection.workflowService.describeNamespace({ namespace: 'pipes' }),
    );
    expect(Number(answer.config?.workflowExecutionRetentionTtl?.seconds)).toBe(86_400);
    await first.stop();
    const second = await start();
    expect(second.address).toBe(first.address);
    await checkTemporal(second);
  });

  test('is started again at the same port after its process was killed', async () => {
    const temporal = await start();
    const [killed, address] = [temporal.pid, temporal.address];
    process.kill(killed, 'SIGKILL');
    await until(() => temporal.pid !== killed);
    expect(temporal.address).toBe(address);
    await checkTemporal(temporal);
  });

  test('outlives a killed parent, is taken over by the next one, and started again when it dies there', async () => {
    const pid = await startInKilledParent();
    const next = await start();
    expect({ pid: next.pid, isAdopted: next.isAdopted }).toEqual({ pid, isAdopted: true });
    process.kill(pid, 'SIGKILL');
    await until(() => next.pid !== pid);
    await checkTemporal(next);
  });

  test('is not found at an address where nobody answers, and the failure names both', async () => {
    await expect(checkTemporal({ address: '127.0.0.1:1', namespace: 'pipes' }, 500)).rejects.toMatchObject({
      code: 'temporal/unavailable',
      message: expect.stringMatching(/`127\.0\.0\.1:1` does not serve namespace `pipes`/),
    });
  });
});

async function startInKilledParent(): Promise<number> {
  const script = `
    import { startTemporal } from './runtime/temporal.ts';
    const log = { info() {}, warn() {}, error() {} };
    const temporal = await startTemporal({ dataFolder: ${JSON.stringify(dataFolder)}, namespace: 'pipes', log });
    console.log(temporal.pid);
  `;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    cwd: findProjectFolder(),
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const [line] = await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
  return Number(String(line));
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('It did not happen within 20 seconds.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
