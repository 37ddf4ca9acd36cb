import type { EventKind, EventOf, Level } from './events.js';

/** What emitting an event of one kind does: its line, and the counter that moves by `amount` (1 when absent). */
export interface EventRule<Kind extends EventKind> {
  readonly level: Level | ((event: EventOf<Kind>) => Level);
  readonly line: string;
  readonly counter?: {
    readonly name: string;
    readonly help: string;
    readonly labels?: readonly string[];
    labelsOf?(event: EventOf<Kind>): Readonly<Record<string, string>>;
    amount?(event: EventOf<Kind>): number;
  };
}

export type EventTable = { readonly [Kind in EventKind]: EventRule<Kind> };

export const eventTable: EventTable = {
  fence_refused: {
    level: 'warn',
    line: 'a worker that had lost its flow was refused',
    counter: { name: 'pipewright_fence_refused_total', help: 'Batches of a worker that had lost its flow.' },
  },
  batch_recovered: {
    level: 'warn',
    line: 'a batch that a stopped worker left open was settled by look-up',
    counter: { name: 'pipewright_batches_recovered_total', help: 'Batches settled by look-up after a crash.' },
  },
  write_retried: {
    level: 'warn',
    line: 'a write is tried again',
    counter: {
      name: 'pipewright_writes_retried_total',
      help: 'Writes tried again, by failure code.',
      labels: ['code'],
      labelsOf: (event) => ({ code: event.code }),
    },
  },
  outcome_unknown: {
    level: 'warn',
    line: 'a target did not say whether it wrote; its records are looked up',
    counter: {
      name: 'pipewright_outcomes_unknown_total',
      help: 'Records whose write got no answer.',
      amount: (event) => event.count,
    },
  },
  records_moved: { level: 'debug', line: 'records were moved' },
  request_answered: {
    level: (event) => (event.status >= 500 ? 'error' : 'debug'),
    line: 'a request was answered',
    counter: {
      name: 'pipewright_http_requests_total',
      help: 'Requests answered, by route and status.',
      labels: ['method', 'route', 'status'],
      labelsOf: (event) => ({ method: event.method, route: event.route, status: String(event.status) }),
    },
  },
  request_failed: {
    level: 'error',
    line: 'a request failed for a reason nobody foresaw',
    counter: { name: 'pipewright_http_failures_total', help: 'Requests that ended in an unforeseen error.' },
  },
  webhook_received: {
    level: 'debug',
    line: 'events of a vendor were stored',
    counter: {
      name: 'pipewright_webhook_events_total',
      help: 'Events of vendors that were new.',
      amount: (event) => event.fresh,
    },
  },
  webhook_refused: {
    level: 'warn',
    line: 'an event of a vendor was refused',
    counter: {
      name: 'pipewright_webhook_refused_total',
      help: 'Deliveries refused, by failure code.',
      labels: ['code'],
      labelsOf: (event) => ({ code: event.code }),
    },
  },
  outbox_failed: {
    level: 'warn',
    line: 'a row of the outbox could not be carried out and is tried again',
    counter: { name: 'pipewright_outbox_failed_total', help: 'Outbox rows put off after a failure.' },
  },
  server_started: { level: 'info', line: 'the server answers' },
  worker_started: { level: 'info', line: 'a worker takes work' },
  worker_restarted: {
    level: 'warn',
    line: 'a worker stopped unexpectedly and is started again',
    counter: { name: 'pipewright_worker_restarts_total', help: 'Workers started again after an error.' },
  },
  process_stopping: { level: 'info', line: 'this process is stopping' },
};
