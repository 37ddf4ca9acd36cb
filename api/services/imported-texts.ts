import { checkDefinition, type Problem } from '../../definitions/check/index.js';
import type { Plan } from '../../definitions/plan/plan.js';
import { parseText } from '../../definitions/text/tree.js';
import type { ApiContext } from '../context.js';
import type { ExportedPipeline } from '../schemas/account-export.js';

export interface CheckedText {
  /** Null where there is no published text, or it has an error. */
  readonly plan: Plan | null;
  readonly title: string;
  readonly problems: readonly Problem[];
  /** Why it cannot be published; null when it can. */
  readonly refusal: string | null;
}

export type CheckedTexts = ReadonlyMap<string, CheckedText>;

/**
 * Checks the published texts of a document without asking any vendor. A text that refers to another pipeline is checked
 * when that one has been, so their order in the document does not matter.
 */
export function checkTexts(
  context: ApiContext,
  wanted: readonly ExportedPipeline[],
  here: readonly ExportedPipeline[],
): CheckedTexts {
  const plans = new Map<string, Plan>();
  const checked = new Map<string, CheckedText>();
  // What is here and not in the document can be referred to as well.
  const others = here.filter(({ id }) => !wanted.some((each) => each.id === id));
  for (let left = [...others, ...wanted]; left.length > 0; ) {
    const next: ExportedPipeline[] = [];
    for (const pipeline of left) {
      const result = checkOne(context, pipeline, plans);
      checked.set(pipeline.id, result);
      if (result.plan !== null) plans.set(pipeline.id, result.plan);
      else if (result.refusal !== null) next.push(pipeline);
    }
    if (next.length === left.length) break;
    left = next;
  }
  return checked;
}

function checkOne(
  context: ApiContext,
  pipeline: ExportedPipeline,
  otherPipelines: ReadonlyMap<string, Plan>,
): CheckedText {
  const { id, definition, draft } = pipeline;
  if (definition === null) return { plan: null, title: titleOf(draft ?? '') ?? id, problems: [], refusal: null };
  const { plan, problems } = checkDefinition(definition, { file: id, connectors: context.connectors, otherPipelines });
  if (plan === null) {
    const first = problems.find((problem) => problem.severity === 'error');
    const refusal = `Its definition has an error: line ${first?.line ?? 0}: ${first?.message ?? ''}`;
    return { plan: null, title: id, problems, refusal };
  }
  if (plan.pipeline !== id) {
    return { plan: null, title: id, problems, refusal: `Its definition is of pipeline \`${plan.pipeline}\`.` };
  }
  return { plan, title: plan.title, problems, refusal: null };
}

/** The title as it stands in a text that may have errors. */
function titleOf(text: string): string | null {
  const value = parseText(text).tree?.value;
  const title = typeof value === 'object' && value !== null && !Array.isArray(value) ? value.title : undefined;
  return typeof title === 'string' ? title : null;
}
