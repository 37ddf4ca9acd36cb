import type { Caller } from '../access/caller.js';

/**
 * What a servicing company sees of a customer's pipeline: states, never what moves how. The definition holds names of
 * fields, values and services, and the people of the account are its own matter.
 */
export function pipelineFor<Body extends { definition: string | null; connections: object }>(
  { kind }: Caller,
  body: Body,
): Body {
  return kind === 'partner' ? { ...body, definition: null, connections: {}, flows: [], trigger: null } : body;
}

/** Who of the account opened a run is left out, and so are the words of a vendor about a record. */
export function runFor<Body extends { openedBy: string; options: object; failure: unknown }>(
  { kind }: Caller,
  body: Body,
): Body {
  if (kind !== 'partner') return body;
  return { ...body, openedBy: '', options: {}, failure: codeOf(body.failure) };
}

function codeOf(failure: unknown): unknown {
  if (typeof failure !== 'object' || failure === null) return failure;
  const { code, kind } = failure as { code?: unknown; kind?: unknown };
  return { code, kind, message: '', hint: '' };
}
