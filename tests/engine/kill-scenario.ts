import { setTimeout as delay } from 'node:timers/promises';
import type { JsonObject } from '../../core/json.js';
import type { Random } from '../../sandbox/kit/random.js';
import type { RestCrmSandbox } from '../../sandbox/rest-crm/sandbox.js';
import type { TestEngine } from '../support/engine.js';

export interface KillScenario {
  readonly engine: TestEngine;
  readonly source: RestCrmSandbox;
  readonly target: RestCrmSandbox;
  readonly kills: number;
  readonly records: number;
  /** Service definition of the target. */
  readonly definition: JsonObject;
  readonly withinMs?: number;
  /** Kills at random places of the way instead of evenly spread ones. */
  readonly random?: Random;
}

export interface KillReport {
  readonly run: string;
  readonly kills: number;
  readonly state: string;
  readonly distinct: number;
  readonly lost: number;
  readonly twice: number;
  readonly counts: Record<string, unknown> | undefined;
  /** Longest time from a new worker's start to the next created record, in ms. */
  readonly longestGapMs: number;
}

const flow = (batch: number) => `
pipeline: killed-copy
title: A copy that is killed again and again
connections: { crm: { connector: http }, copy: { connector: http } }
flows:
  contacts:
    from: { stream: crm.contacts, read: full }
    map: { name: name, email: email, phone: phone, position: position }
    to: { stream: copy.contacts, write: upsert, batch: ${batch} }
`;

/** Kills the worker again and again while records flow, each time at another share of the way; the log of the target is the truth. */
export async function killDuringTransfer(scenario: KillScenario): Promise<KillReport> {
  const { engine, source, target, kills, records } = scenario;
  const token = (sandbox: RestCrmSandbox): JsonObject => ({ token: sandbox.credentials.token as string });
  const crm = await engine.connect('crm', 'http', { service: 'rest-crm', base_url: source.url }, token(source));
  const copy = await engine.connect(
    'copy',
    'http',
    { service: 'own', base_url: target.url, definition: scenario.definition },
    token(target),
  );
  const pipeline = await engine.publish(flow(50), { crm, copy });
  let worker = await engine.spawnWorker();
  const run = await engine.open(pipeline);
  let longestGapMs = 0;
  for (let kill = 1; kill <= kills; kill++) {
    const before = created(target);
    const spread = scenario.random === undefined ? 0 : scenario.random.next() - 0.5;
    await untilCreated(target, Math.max(before + 1, Math.floor((records * (kill + spread)) / (kills + 1))));
    worker.signal('SIGKILL');
    await worker.ended;
    worker = await engine.spawnWorker();
    const readyAt = performance.now();
    const atReady = created(target);
    await untilCreated(target, Math.min(atReady + 1, records));
    longestGapMs = Math.max(longestGapMs, performance.now() - readyAt);
  }
  const end = await engine.until(run, undefined, scenario.withinMs ?? 60_000);
  const creates = target.log.list().filter((entry) => entry.effect === 'create' && entry.status < 300);
  const distinct = new Set(creates.map((entry) => entry.external_id)).size;
  const [counts] = await engine.rows<Record<string, unknown>>('select * from v_reconciliation where run_id = $1', [
    run,
  ]);
  return {
    run,
    kills,
    state: end.state,
    distinct,
    lost: records - distinct,
    twice: creates.length - distinct,
    counts,
    longestGapMs,
  };
}

function created(target: RestCrmSandbox): number {
  return target.store.count('contacts');
}

async function untilCreated(target: RestCrmSandbox, count: number): Promise<void> {
  const endsAt = performance.now() + 60_000;
  while (created(target) < count) {
    if (performance.now() > endsAt)
      throw new Error(`only ${created(target)} of ${count} records were created within a minute`);
    await delay(5);
  }
}
