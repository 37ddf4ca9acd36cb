import type { JsonObject } from '../core/json.js';

export type Level = 'debug' | 'info' | 'warn' | 'error';

/**
 * Everything notable that happens, in one union. Emitting one writes its log line and moves its counter together, so
 * that neither is ever forgotten. Events hold no secrets and no field values; source keys only as hashes.
 */
export type NotableEvent =
  // The data path (the same shapes as the engine's own events).
  | { readonly kind: 'fence_refused'; readonly flowId: number; readonly runId: string }
  | { readonly kind: 'batch_recovered'; readonly flowId: number; readonly found: number; readonly missing: number }
  | { readonly kind: 'write_retried'; readonly flowId: number; readonly code: string; readonly attempt: number }
  | { readonly kind: 'outcome_unknown'; readonly flowId: number; readonly count: number }
  | { readonly kind: 'records_moved'; readonly flowId: number; readonly details: JsonObject }
  // The server.
  | {
      readonly kind: 'request_answered';
      readonly requestId: string;
      readonly method: string;
      readonly route: string;
      readonly status: number;
      readonly durationMs: number;
    }
  | {
      readonly kind: 'request_failed';
      readonly requestId: string;
      readonly method: string;
      readonly route: string;
      readonly error: unknown;
    }
  | {
      readonly kind: 'webhook_received';
      readonly connectionId: string;
      readonly events: number;
      readonly fresh: number;
      readonly durationMs: number;
    }
  | { readonly kind: 'webhook_refused'; readonly code: string }
  | { readonly kind: 'outbox_failed'; readonly error: unknown }
  | { readonly kind: 'server_started'; readonly address: string }
  // The worker.
  | { readonly kind: 'worker_started'; readonly queue: string }
  | { readonly kind: 'worker_restarted'; readonly error: unknown }
  | { readonly kind: 'process_stopping'; readonly reason: string };

export type EventKind = NotableEvent['kind'];
export type EventOf<Kind extends EventKind> = Extract<NotableEvent, { readonly kind: Kind }>;
