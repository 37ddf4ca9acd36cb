import { Cron } from 'croner';
import { isZone } from '../expressions/time.js';
import { nearest } from '../text/nearest.js';
import type { TextPath } from '../text/problem.js';
import type { CheckContext } from './context.js';
import { durationMs } from './durations.js';
import { parseStream } from './paths.js';

const starts = ['every', 'cron', 'webhook'] as const;
const cronOnly = ['zone', 'overlap', 'catch_up'] as const;

export function checkTrigger(context: CheckContext): void {
  const { trigger } = context.definition;
  if (trigger === undefined || typeof trigger === 'string') return;
  const { reporter } = context;
  const path = ['trigger'];
  const given = starts.filter((name) => context.has([...path, name]));
  if (given.length !== 1) {
    const found = given.length === 0 ? 'none of them' : given.map((name) => `\`${name}\``).join(' and ');
    reporter.report('definition/one_of', path, {
      at: 'key',
      message: `A trigger has exactly one of \`every\`, \`cron\` and \`webhook\`; this one has ${found}.`,
      hint: 'Keep one, or write `trigger: manual`.',
    });
  }
  for (const name of cronOnly) {
    if (!Object.hasOwn(trigger, name) || context.has([...path, 'cron'])) continue;
    reporter.report('definition/one_of', [...path, name], {
      at: 'key',
      message: `\`${name}\` has a meaning only with \`cron\`.`,
      hint: 'Remove it, or use `cron`.',
    });
  }
  checkBounds(context, trigger.every, 1000, [...path, 'every']);
  checkBounds(context, trigger.catch_up, 10_000, [...path, 'catch_up']);
  checkBounds(context, trigger.webhook?.reconcile, 60_000, [...path, 'webhook', 'reconcile']);
  if (trigger.cron !== undefined) checkCron(context, trigger.cron, [...path, 'cron']);
  if (trigger.zone !== undefined && !isZone(trigger.zone)) checkZone(context, trigger.zone, [...path, 'zone']);
  if (trigger.webhook !== undefined) checkWebhook(context, [...path, 'webhook']);
}

const year = 366 * 86_400_000;

function checkBounds(context: CheckContext, text: string | undefined, least: number, path: TextPath): void {
  const ms = text === undefined ? null : durationMs(text);
  if (ms === null || (ms >= least && ms <= year)) return;
  context.reporter.report('definition/bad_duration', path, {
    message: `\`${text}\` is ${ms < least ? 'shorter' : 'longer'} than a trigger can be.`,
    hint: `Choose between ${least / 1000}s and 366d.`,
  });
}

function checkCron(context: CheckContext, line: string, path: TextPath): void {
  const reason = cronProblem(line);
  if (reason === null) return;
  context.reporter.report('definition/bad_cron', path, {
    message: `The cron line \`${line.slice(0, 60)}\` cannot be followed: ${reason}.`,
    hint: 'Write five fields: minute, hour, day, month, weekday, such as `0 3 * * *`.',
  });
}

/** Why a cron line cannot be followed, as a clause; null where it can. */
export function cronProblem(line: string): string | null {
  const fields = line.trim().split(/\s+/);
  if (fields.length !== 5) return `it has ${fields.length} ${fields.length === 1 ? 'field' : 'fields'}, not five`;
  if (!/^[\d*,/\-A-Za-z\s]+$/.test(line) || /[LW]/.test(line.replace(/JUL/gi, ''))) {
    return 'only numbers, names of months and weekdays, and the signs `*`, `,`, `-` and `/` are taken';
  }
  try {
    // A fixed moment: whether the line ever fires does not depend on when it is checked.
    const next = new Cron(line, { paused: true, timezone: 'UTC' }).nextRun(new Date('2024-01-01T00:00:00Z'));
    return next === null ? 'it never comes' : null;
  } catch (error) {
    const said = String((error as { message?: unknown }).message ?? error).replace(/^CronPattern: /, '');
    return said
      .slice(0, 120)
      .replace(/\.$/, '')
      .replace(/^[A-Z]/, (letter) => letter.toLowerCase());
  }
}

function checkZone(context: CheckContext, zone: string, path: TextPath): void {
  const guess = nearest(zone, Intl.supportedValuesOf('timeZone'));
  context.reporter.report('definition/bad_cron', path, {
    message: `The time zone \`${zone.slice(0, 60)}\` does not exist.`,
    hint: guess === null ? 'Write it like `Europe/Warsaw` or `UTC`.' : `Did you mean \`${guess}\`?`,
  });
}

function checkWebhook(context: CheckContext, path: TextPath): void {
  const read = Object.values(context.definition.flows ?? {}).map((flow) => parseStream(flow?.from?.stream ?? ''));
  const facts = read.map((stream) => (stream ? context.slots.get(stream.slot) : undefined));
  const isUnknown = facts.some((slot) => !slot?.connector);
  if (isUnknown || facts.some((slot) => slot?.connector?.webhook)) return;
  const names = [...new Set(facts.map((slot) => `\`${slot?.connectorId}\``))].join(', ');
  context.reporter.report('definition/wrong_value', path, {
    at: 'key',
    message: `No service that a flow reads sends webhooks: ${names}.`,
    hint: 'Use `every:` or `cron:`.',
  });
}
