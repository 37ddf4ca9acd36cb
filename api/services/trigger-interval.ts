import { Cron } from 'croner';
import { isJsonObject } from '../../core/json.js';

/** Enough starts to meet the shortest gap of a line of five fields that is worth telling apart. */
const startsLookedAt = 600;

/** How soon after a start the next may come by a published trigger, in milliseconds; null where none starts by itself. */
export function shortestIntervalOf(trigger: unknown): number | null {
  if (!isJsonObject(trigger)) return null;
  if (typeof trigger.everyMs === 'number') return trigger.everyMs;
  return typeof trigger.cron === 'string' ? shortestGap(trigger.cron) : null;
}

/** In UTC and from a fixed moment: neither clock changes nor the day of the question matter. */
function shortestGap(line: string): number | null {
  const cron = new Cron(line, { paused: true, timezone: 'UTC' });
  const starts = cron.nextRuns(startsLookedAt, new Date('2024-01-01T00:00:00Z'));
  let shortest: number | null = null;
  for (const [index, start] of starts.entries()) {
    const before = starts[index - 1];
    if (before === undefined) continue;
    const gap = start.getTime() - before.getTime();
    if (shortest === null || gap < shortest) shortest = gap;
  }
  return shortest;
}
