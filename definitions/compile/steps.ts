import type { JsonValue } from '../../core/json.js';
import { keyText } from '../../core/record.js';
import { isExpressionError } from '../expressions/meter.js';
import type { Stage, Work } from '../plan/compiled.js';
import type { StepPlan } from '../plan/plan.js';
import { hintFor, reject, rejectionReport } from './failures.js';
import { compileNamedPath, expressionOf } from './fields.js';
import { compilePathWithin, showPath } from './paths.js';

/** One pure step over one piece of work: it changes the work in place, or gives the pieces that take its place. */
type Step = (work: Work) => readonly Work[] | null;

/** Steps as stages: neighbouring pure steps become one, look-ups stand alone since they ask in batches. */
export function compileSteps(
  steps: readonly StepPlan[],
  stream: string,
): { stages: Stage[]; names: ReadonlySet<string> } {
  const stages: Stage[] = [];
  const names = new Set<string>();
  let pure: Step[] = [];
  const flush = () => {
    if (pure.length > 0) stages.push(pureStage(pure, stream));
    pure = [];
  };
  for (const step of steps) {
    if (step.kind === 'lookup' || step.kind === 'enrich') {
      flush();
      stages.push(askingStage(step, new Set(names)));
      names.add(step.as);
      continue;
    }
    pure.push(compileStep(step, names));
    if (step.kind === 'split') names.add(step.as);
    if (step.kind === 'set') for (const { name } of step.names) names.add(name);
  }
  flush();
  return { stages, names };
}

function pureStage(steps: readonly Step[], stream: string): Stage {
  return {
    kind: 'pure',
    apply(work) {
      const current: Work[] = [];
      for (const each of work) runSteps(each, steps, 0, stream, current);
      return current;
    },
  };
}

/** Runs the steps from `from` on over one piece; what stands in its place in the end goes to `into`. */
function runSteps(work: Work, steps: readonly Step[], from: number, stream: string, into: Work[]): void {
  for (let index = from; index < steps.length && work.state === 'open'; index++) {
    let pieces: readonly Work[] | null = null;
    try {
      pieces = (steps[index] as Step)(work);
    } catch (error) {
      work.state = 'rejected';
      work.failure = rejectionReport(error, { stream, field: null, target: null });
    }
    if (pieces === null) continue;
    for (const piece of pieces) runSteps(piece, steps, index + 1, stream, into);
    return;
  }
  into.push(work);
}

function compileStep(step: Exclude<StepPlan, { kind: 'lookup' | 'enrich' }>, names: ReadonlySet<string>): Step {
  switch (step.kind) {
    case 'where':
      return whereStep(step.expr);
    case 'set':
      return setStep(step.names);
    case 'require':
      return requireStep(step.rules);
    case 'split':
      return splitStep(step, new Set(names));
  }
}

function whereStep(text: string): Step {
  const expression = expressionOf(text);
  return (work) => {
    let holds: JsonValue;
    try {
      holds = expression.evaluate(work);
    } catch (error) {
      if (!isExpressionError(error)) throw error;
      return reject('map/filter_failed', `The filter \`where\` failed: ${error.reason}.`, hintFor(error.kind));
    }
    if (holds === false) work.state = 'filtered';
    else if (holds !== true) {
      const what = holds === null ? 'null' : 'neither true nor false';
      reject(
        'map/filter_failed',
        `The filter \`where\` gave ${what}.`,
        'Say what null means, for instance with `default(value, other)`.',
      );
    }
    return null;
  };
}

function setStep(names: readonly { readonly name: string; readonly expr: string }[]): Step {
  const compiled = names.map(({ name, expr }) => ({ name, expression: expressionOf(expr) }));
  return (work) => {
    for (const { name, expression } of compiled) {
      try {
        work.names[name] = expression.evaluate(work);
      } catch (error) {
        if (!isExpressionError(error)) throw error;
        reject(
          'map/expression_failed',
          `The expression of \`set.${name}\` failed: ${error.reason}.`,
          hintFor(error.kind),
        );
      }
    }
    return null;
  };
}

function requireStep(rules: readonly { readonly that: string; readonly message: string }[]): Step {
  const compiled = rules.map(({ that, message }) => ({ expression: expressionOf(that), message }));
  return (work) => {
    for (const { expression, message } of compiled) {
      let holds: JsonValue = null;
      let reason = '';
      try {
        holds = expression.evaluate(work);
      } catch (error) {
        if (!isExpressionError(error)) throw error;
        reason = ` It could not be told: ${error.reason}.`;
      }
      if (holds === true) continue;
      reject(
        'map/requirement_failed',
        `A requirement is not met: ${fullStop(message)}${reason}`,
        'Correct the record at the source and replay it.',
      );
    }
    return null;
  };
}

const fullStop = (sentence: string) => (/[.!?]$/.test(sentence) ? sentence : `${sentence}.`);

function splitStep(step: Extract<StepPlan, { kind: 'split' }>, names: ReadonlySet<string>): Step {
  const read = compileNamedPath(step.path, names);
  const keyOf = step.key === null ? null : compilePathWithin(step.key);
  const path = showPath(step.path);
  return (work) => {
    const list = read(work);
    if (list !== undefined && list !== null && !Array.isArray(list)) {
      return reject(
        'map/invalid_value',
        `\`split\` needs a list at \`${path}\`.`,
        'Correct the path, or `set` a list first.',
      );
    }
    if (!list || list.length === 0) {
      work.state = 'filtered';
      return null;
    }
    const taken = new Set<string>();
    return list.map((part, index) => pieceOf(work, step, part, keyOf === null ? String(index) : keyOf(part), taken));
  };
}

function pieceOf(
  work: Work,
  step: Extract<StepPlan, { kind: 'split' }>,
  part: JsonValue,
  key: JsonValue | undefined,
  taken: Set<string>,
): Work {
  const name = keyText(key);
  // A slash divides the names of nested pieces, so it may not stand inside one.
  const own = name === null ? `?${taken.size}` : name.replaceAll('~', '~0').replaceAll('/', '~1');
  const piece: Work = {
    record: work.record,
    sourceKey: work.sourceKey,
    piece: work.piece === '' ? own : `${work.piece}/${own}`,
    names: { ...work.names, [step.as]: part },
    state: 'open',
    failure: null,
  };
  if (name === null || taken.has(own)) {
    const code = name === null ? 'map/missing_key' : 'map/invalid_value';
    const what = name === null ? 'has no key' : 'has the key of another part';
    piece.state = 'rejected';
    piece.failure = {
      code,
      kind: 'rejected',
      message: `A part of \`${showPath(step.path)}\` ${what} at \`${showPath(step.key ?? [])}\`.`,
      hint: 'Choose a `key` that every part has once, or leave `key` out to count the parts.',
    };
  }
  taken.add(own);
  return piece;
}

function askingStage(step: Extract<StepPlan, { kind: 'lookup' | 'enrich' }>, names: ReadonlySet<string>): Stage {
  const read = compileNamedPath(step.key, names);
  const keyOf = (work: Work): string | null => {
    try {
      return keyText(read(work));
    } catch {
      return null;
    }
  };
  const { as, slot } = step;
  if (step.kind === 'enrich') {
    return { kind: 'enrich', as, slot, lookup: step.lookup, onMissing: step.onMissing, freshMs: step.freshMs, keyOf };
  }
  const { stream, by, many, onMissing } = step;
  return { kind: 'lookup', as, slot, stream, by, many, onMissing, keyOf };
}
