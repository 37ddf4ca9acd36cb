import { Failure } from '../../core/failures.js';
import { stableStringify } from '../../core/json.js';
import type { FlowPlan, Plan } from '../../definitions/plan/plan.js';
import type { FlowFacts } from '../../store/pipeline-admin.js';

/** A version as far as the identity of its data goes. */
export interface BoundPlan {
  readonly plan: Plan;
  readonly bindings: Readonly<Record<string, string>>;
}

/**
 * Identity of data is the flow id. A flow whose key, source or target stream changed would mix up its links, so it
 * needs a reset first; one that has not moved anything yet is free. Throws `definition/reset_needed` naming the flows.
 */
export function refuseMixedLinks(former: BoundPlan, next: BoundPlan, facts: readonly FlowFacts[]): void {
  const changed: string[] = [];
  for (const flow of next.plan.flows) {
    const name = flow.renamedFrom ?? flow.id;
    const old =
      former.plan.flows.find((each) => each.id === flow.id) ?? former.plan.flows.find((each) => each.id === name);
    const fact = facts.find((each) => each.name === flow.id) ?? facts.find((each) => each.name === name);
    if (old === undefined || fact === undefined || (fact.isFresh && !fact.hasLinks)) continue;
    const what = changesOf(old, former.bindings, flow, next.bindings);
    if (what.length > 0) changed.push(`\`${flow.id}\` (${what.join(', ')})`);
  }
  if (changed.length === 0) return;
  throw new Failure('definition/reset_needed', {
    message: `The identity of records changed in ${changed.length === 1 ? 'flow' : 'flows'} ${changed.join(', ')}.`,
    hint: `Run \`pipewright reset ${next.plan.pipeline} <flow> --links\` first, or give the flow a new name.`,
    details: { flows: changed },
  });
}

function changesOf(
  old: FlowPlan,
  oldBindings: Readonly<Record<string, string>>,
  next: FlowPlan,
  bindings: Readonly<Record<string, string>>,
): string[] {
  const what: string[] = [];
  const sourceOf = (flow: FlowPlan, of: Readonly<Record<string, string>>) =>
    `${of[flow.from.slot]} ${flow.from.stream}`;
  if (sourceOf(old, oldBindings) !== sourceOf(next, bindings)) what.push('source stream');
  if (stableStringify(old.from.key as never) !== stableStringify(next.from.key as never)) what.push('key');
  for (const target of next.targets) {
    const before = old.targets.find((each) => each.name === target.name);
    if (before === undefined) continue;
    if (`${oldBindings[before.slot]} ${before.stream}` !== `${bindings[target.slot]} ${target.stream}`) {
      what.push(target.name === '' ? 'target stream' : `target stream of \`${target.name}\``);
    }
  }
  return what;
}

export interface FlowChange {
  readonly flow: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** Which parts of a changed flow differ, such as `map.phone` or `steps`. */
  readonly parts: readonly string[];
}

/** What differs between two plans, flow by flow. */
export function comparePlans(from: Plan, to: Plan): FlowChange[] {
  const changes: FlowChange[] = [];
  for (const flow of from.flows) {
    if (!to.flows.some((each) => each.id === flow.id)) changes.push({ flow: flow.id, change: 'removed', parts: [] });
  }
  for (const flow of to.flows) {
    const old = from.flows.find((each) => each.id === flow.id);
    if (old === undefined) changes.push({ flow: flow.id, change: 'added', parts: [] });
    else {
      const parts = partsOf(old, flow);
      if (parts.length > 0) changes.push({ flow: flow.id, change: 'changed', parts });
    }
  }
  return changes;
}

function partsOf(old: FlowPlan, next: FlowPlan): string[] {
  const parts: string[] = [];
  const differs = (a: unknown, b: unknown): boolean => stableStringify(a as never) !== stableStringify(b as never);
  if (differs(old.from, next.from)) parts.push('from');
  if (differs(old.steps, next.steps)) parts.push('steps');
  for (const name of new Set([...old.targets, ...next.targets].map((target) => target.name))) {
    const [a, b] = [old, next].map((flow) => flow.targets.find((target) => target.name === name));
    const prefix = name === '' ? '' : `${name}.`;
    if (a === undefined || b === undefined) {
      parts.push(`to.${name}`);
      continue;
    }
    const { map: oldMap, ...oldTo } = a;
    const { map: nextMap, ...nextTo } = b;
    if (differs(oldTo, nextTo)) parts.push(`${prefix}to`);
    for (const field of new Set([...oldMap, ...nextMap].map((each) => each.field))) {
      const [x, y] = [oldMap, nextMap].map((map) => map.find((each) => each.field === field) ?? null);
      if (differs(x, y)) parts.push(`${prefix}map.${field}`);
    }
  }
  return parts;
}
