import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { Failure } from '../../../core/failures.js';
import type { JsonValue } from '../../../core/json.js';
import { type Service, serviceSchema } from './schema.js';

// Compiled at the first use, plainly: a service is checked once, and making fast code would take longer than that.
const ajv = new Ajv2020({
  strict: true,
  allErrors: true,
  allowUnionTypes: true,
  validateSchema: false,
  code: { optimize: false },
});
let validate: ValidateFunction | undefined;

/** A problem of a service file with the path of the value it is about, as JSON pointer. */
export interface ServiceProblem {
  readonly pointer: string;
  readonly message: string;
}

/** All problems of a service definition; empty when it can be used. */
export function checkService(value: JsonValue): readonly ServiceProblem[] {
  validate ??= ajv.compile(serviceSchema);
  if (validate(value)) return contradictions(value as unknown as Service);
  return (validate.errors ?? []).map((error) => ({
    pointer: error.instancePath,
    message:
      error.keyword === 'additionalProperties'
        ? `must not have \`${String(error.params.additionalProperty)}\``
        : (error.message ?? 'is not valid'),
  }));
}

/** What is well-formed and yet cannot work. */
function contradictions(service: Service): ServiceProblem[] {
  const problems: ServiceProblem[] = [];
  for (const [name, { read, write }] of Object.entries(service.streams)) {
    const at = `/streams/${name}`;
    if (read === undefined && write === undefined) problems.push({ pointer: at, message: 'needs `read` or `write`' });
    if (read !== undefined && read.page.kind !== 'none' && read.page.param === undefined)
      problems.push({ pointer: `${at}/read/page`, message: `needs \`param\` for kind \`${read.page.kind}\`` });
    if (write === undefined) continue;
    const place = `${at}/write`;
    if (write.repeat === 'keyed' && write.idempotency_header === undefined)
      problems.push({ pointer: place, message: 'needs `idempotency_header` for repeat `keyed`' });
    if (write.repeat === 'keyed' && write.batch !== undefined)
      problems.push({
        pointer: place,
        message: 'cannot have `batch` with repeat `keyed`: the header names one record',
      });
    if ((write.repeat === 'upsert' || write.repeat === 'find_then_create') && write.own_id === undefined)
      problems.push({ pointer: place, message: `needs \`own_id\` for repeat \`${write.repeat}\`` });
    if (write.repeat === 'find_then_create' && read?.find?.[write.own_id ?? ''] === undefined)
      problems.push({ pointer: place, message: 'needs `read.find` by the own id for repeat `find_then_create`' });
    if (
      write.batch === undefined &&
      write.create === undefined &&
      write.update === undefined &&
      write.delete === undefined
    )
      problems.push({ pointer: place, message: 'needs `batch`, `create`, `update` or `delete`' });
  }
  return problems;
}

/** Parses a service definition; throws `connection/invalid_settings` naming the first problem. */
export function parseService(value: JsonValue): Service {
  const [problem] = checkService(value);
  if (problem === undefined) return value as unknown as Service;
  throw new Failure('connection/invalid_settings', {
    message: `The service definition is not valid at \`${problem.pointer || '/'}\`: it ${problem.message}.`,
    hint: 'Compare it with docs/connectors.md, "Declarative services".',
  });
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A checked duration of the grammar in milliseconds. */
export function durationMs(text: string): number {
  const match = /^(\d+)(ms|s|m|h|d)$/.exec(text);
  return match === null ? 0 : Number(match[1]) * (units[match[2] as string] ?? 1);
}
