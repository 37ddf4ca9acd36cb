import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { TSchema } from 'typebox';
import { Failure } from '../../core/failures.js';

const options = { strict: true, strictTypes: false, allErrors: false, validateFormats: false } as const;
/** Bodies are taken as they are; parameters and queries are text, so numbers and booleans are read from it. */
const bodies = new Ajv2020(options);
const texts = new Ajv2020({ ...options, coerceTypes: 'array', useDefaults: true });

const validators = new WeakMap<TSchema, ValidateFunction>();

export function checkBody(schema: TSchema, value: unknown): void {
  check(bodies, schema, value, 'body');
}

/** Coerces in place. */
export function checkTexts(schema: TSchema, value: unknown, what: 'path' | 'query'): void {
  check(texts, schema, value, what);
}

function check(ajv: Ajv2020, schema: TSchema, value: unknown, what: string): void {
  let validate = validators.get(schema);
  if (validate === undefined) {
    validate = ajv.compile(schema);
    validators.set(schema, validate);
  }
  if (validate(value)) return;
  throw new Failure('api/bad_request', {
    message: `The ${what} of the request does not fit: ${sentence(validate.errors?.[0])}.`,
    hint: 'See `/api/v1/openapi.json` for the shape of this request.',
    details: { in: what, at: validate.errors?.[0]?.instancePath ?? '' },
  });
}

function sentence(error: ErrorObject | undefined): string {
  if (error === undefined) return 'it has another shape';
  const place = error.instancePath === '' ? '' : `\`${error.instancePath.slice(1).replaceAll('/', '.')}\` `;
  switch (error.keyword) {
    case 'additionalProperties':
      return `${place}\`${String(error.params.additionalProperty).slice(0, 60)}\` is not known`;
    case 'required':
      return `${place}\`${String(error.params.missingProperty)}\` is missing`;
    case 'enum':
      return `${place}must be one of ${(error.params.allowedValues as unknown[]).join(', ')}`;
    case 'const':
      return `${place}must be \`${String(error.params.allowedValue)}\``;
    case 'pattern':
      return `${place}has not the expected form`;
    default:
      return `${place}${error.message ?? 'is not valid'}`;
  }
}
