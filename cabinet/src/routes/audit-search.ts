import { search as parts } from '../search.js';

export interface AuditSearch {
  readonly actor?: string;
  readonly action?: string;
  readonly object?: string;
  readonly from?: string;
  readonly to?: string;
}

/** The filters of a log, as they stand in its address. */
export function auditSearch(found: Record<string, unknown>): AuditSearch {
  return {
    ...(parts.text(found.actor) !== '' && { actor: parts.text(found.actor) }),
    ...(parts.text(found.action) !== '' && { action: parts.text(found.action) }),
    ...(parts.text(found.object) !== '' && { object: parts.text(found.object) }),
    ...(parts.text(found.from) !== '' && { from: parts.text(found.from) }),
    ...(parts.text(found.to) !== '' && { to: parts.text(found.to) }),
  };
}
