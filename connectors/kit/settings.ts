import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Static, TObject } from 'typebox';
import { Failure } from '../../core/failures.js';

const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, validateFormats: false });
const validators = new WeakMap<TObject, ValidateFunction>();

/**
 * Settings or a secret as the connector's own type. Throws `connection/invalid_settings` or `connection/invalid_secret`
 * with every problem at once; values of secrets are never shown.
 */
export function parseSettings<Schema extends TObject>(
  schema: Schema,
  value: unknown,
  what: 'settings' | 'secret' = 'settings',
): Static<Schema> {
  const validate = validatorOf(schema);
  if (validate(value)) return value as Static<Schema>;
  const problems = [...new Set((validate.errors ?? []).filter(isTelling).map(sentence))];
  throw new Failure(what === 'settings' ? 'connection/invalid_settings' : 'connection/invalid_secret', {
    message: `The ${what === 'settings' ? 'settings' : 'secret settings'} of this connection are not valid: ${problems.slice(0, 5).join('; ')}.`,
    hint: `Known names: ${Object.keys(schema.properties).sort().join(', ')}.`,
    details: { problems: problems.slice(0, 20) },
  });
}

function validatorOf(schema: TObject): ValidateFunction {
  let validate = validators.get(schema);
  if (validate === undefined) {
    validate = ajv.compile(schema);
    validators.set(schema, validate);
  }
  return validate;
}

/** A union fails once for itself and once for each branch; the branch says more than the whole. */
function isTelling(error: ErrorObject): boolean {
  return error.keyword !== 'anyOf' && error.keyword !== 'if';
}

function sentence(error: ErrorObject): string {
  const place = error.instancePath === '' ? '' : `\`${error.instancePath.slice(1).replaceAll('/', '.')}\` `;
  switch (error.keyword) {
    case 'additionalProperties':
      return `${place}has no setting \`${String(error.params.additionalProperty)}\``;
    case 'required':
      return `${place}\`${String(error.params.missingProperty)}\` is missing`;
    case 'const':
      return `${place}may be \`${String(error.params.allowedValue)}\``;
    default:
      return `${place}${error.message ?? 'is not valid'}`;
  }
}
