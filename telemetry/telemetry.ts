import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { eventTable } from './event-table.js';
import type { EventKind, EventOf, NotableEvent } from './events.js';
import { describeError, type Log } from './log.js';

/** The one place where things are told: `emit` writes the log line and moves the counter together. */
export interface Telemetry {
  readonly log: Log;
  readonly registry: Registry;
  emit(event: NotableEvent): void;
}

export interface TelemetryOptions {
  readonly log: Log;
  /** Memory, CPU and event loop of this process too; false in tests, where they cost time. */
  readonly hasProcessMetrics?: boolean;
}

export function createTelemetry(options: TelemetryOptions): Telemetry {
  const { log } = options;
  const registry = new Registry();
  if (options.hasProcessMetrics !== false) collectDefaultMetrics({ register: registry, prefix: 'pipewright_process_' });
  const durations = new Histogram({
    name: 'pipewright_http_request_seconds',
    help: 'Time of requests, by route.',
    labelNames: ['route'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  const counters = new Map<EventKind, Counter>();
  for (const [kind, { counter }] of Object.entries(eventTable)) {
    if (counter === undefined) continue;
    const { name, help, labels = [] } = counter;
    counters.set(kind as EventKind, new Counter({ name, help, labelNames: [...labels], registers: [registry] }));
  }
  return {
    log,
    registry,
    emit: (event) => {
      writeLine(log, event);
      count(counters, event);
      if (event.kind === 'request_answered') durations.observe({ route: event.route }, event.durationMs / 1_000);
    },
  };
}

function writeLine<Kind extends EventKind>(log: Log, event: EventOf<Kind>): void {
  const rule = eventTable[event.kind as Kind];
  const level = typeof rule.level === 'function' ? rule.level(event) : rule.level;
  if (!log.isLevelEnabled(level)) return;
  const { kind, ...fields } = event as { kind: string; error?: unknown };
  log[level]({ event: kind, ...fields, ...('error' in fields && { error: describeError(fields.error) }) }, rule.line);
}

function count<Kind extends EventKind>(counters: ReadonlyMap<EventKind, Counter>, event: EventOf<Kind>): void {
  const rule = eventTable[event.kind as Kind].counter;
  if (rule === undefined) return;
  counters.get(event.kind)?.inc(rule.labelsOf?.(event) ?? {}, rule.amount?.(event) ?? 1);
}
