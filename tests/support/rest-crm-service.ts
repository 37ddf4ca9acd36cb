import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { JsonObject } from '../../core/json.js';
import { findProjectFolder } from '../../runtime/project-folder.js';

interface Changes {
  /** How repeated creates are made harmless, for every stream. */
  readonly repeat?: 'upsert' | 'find_then_create' | 'keyed' | 'unsafe';
  readonly hasBatch?: boolean;
  readonly pageSize?: number;
  readonly limits?: readonly { readonly requests: number; readonly per: string }[];
}

/** The shipped rest-crm service, as a definition of one's own with some points changed. */
export function restCrmDefinition(changes: Changes): JsonObject {
  const service = parse(readFileSync(join(findProjectFolder(), 'definitions/services/rest-crm.yaml'), 'utf8')) as {
    limits?: unknown;
    streams: Record<
      string,
      { read?: { page: { size: number } }; write?: Record<'repeat' | 'batch' | 'idempotency_header', unknown> }
    >;
  };
  for (const stream of Object.values(service.streams)) {
    if (stream.read !== undefined && changes.pageSize !== undefined) stream.read.page.size = changes.pageSize;
    if (stream.write === undefined) continue;
    if (changes.repeat !== undefined) stream.write.repeat = changes.repeat;
    if (changes.repeat !== 'keyed') delete stream.write.idempotency_header;
    if (changes.hasBatch === false) delete stream.write.batch;
  }
  if (changes.limits !== undefined) service.limits = changes.limits;
  return service as unknown as JsonObject;
}
