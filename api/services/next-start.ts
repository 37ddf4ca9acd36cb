import { Cron } from 'croner';
import { isJsonObject } from '../../core/json.js';

/** When a published trigger of the kind `cron` starts next after `now`; null for all others. */
export function nextStartOf(trigger: unknown, now: Date): Date | null {
  if (!isJsonObject(trigger) || typeof trigger.cron !== 'string') return null;
  const timezone = typeof trigger.zone === 'string' ? trigger.zone : 'UTC';
  return new Cron(trigger.cron, { paused: true, timezone }).nextRun(now);
}
