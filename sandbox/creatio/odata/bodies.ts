import { isObject, type Json, type JsonObject } from '../../kit/json.js';
import type { EntitySpec } from '../schema/model.js';
import type { CreatioSettings } from '../switches.js';
import { parseValue, TypeProblem } from '../values.js';
import { InvalidRequest } from './errors.js';

/** What a body is read with. */
export interface BodyReading {
  readonly entity: EntitySpec;
  readonly settings: CreatioSettings;
  readonly contentType: string;
  readonly now: number;
  readonly isCreate: boolean;
}

/**
 * Reads the body of a create or change into stored values. Unknown fields are refused or dropped as the switches say;
 * a lookup named without `Id` (`Account` instead of `AccountId`) is dropped without a word.
 */
export function readBody(body: Buffer, reading: BodyReading): JsonObject {
  const { entity, settings, isCreate, now } = reading;
  const given = parsed(body);
  const values: JsonObject = {};
  for (const [name, value] of Object.entries(given)) {
    if (name.includes('@odata.')) continue;
    const column = entity.properties.get(name);
    if (column === undefined || column.inODataFrom > now) {
      if (entity.columns.get(name)?.kind === 'lookup') continue;
      if ((isCreate ? settings.unknown_post_fields : settings.unknown_patch_fields) === 'ignored') continue;
      throw new InvalidRequest(
        `The property '${name}' does not exist on type 'Terrasoft.Configuration.OData.${entity.name}'. Make sure to only use property names that are defined by the type.`,
      );
    }
    if (column.kind === 'decimal' && settings.ieee754_strict) checkExactness(value, reading.contentType);
    values[name] = parseValue(column, value);
  }
  if (isCreate && settings.required_check) demandRequired(entity, given);
  return values;
}

function parsed(body: Buffer): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw new InvalidRequest('An error was encountered while reading the payload: invalid JSON.');
  }
  if (!isObject(value)) throw new InvalidRequest('A value of the type of the entity was expected.');
  return value;
}

/** OData's rule: with `IEEE754Compatible=true` decimals are texts, without it they are numbers. */
function checkExactness(value: Json, contentType: string): void {
  const isCompatible = /IEEE754Compatible=true/i.test(contentType);
  if (value === null || (typeof value === 'string') === isCompatible) return;
  const [format, flag] = isCompatible ? ['number', 'true'] : ['string', 'false'];
  throw new TypeProblem(
    `Cannot convert a value to target type 'Edm.Decimal' because of conflict between input format ${format} and parameter 'IEEE754Compatible' ${flag}.`,
  );
}

/** Only absent and null are noticed: an empty text passes. */
function demandRequired(entity: EntitySpec, given: JsonObject): void {
  for (const column of entity.columns.values()) {
    if (!column.isRequired || column.isInherited) continue;
    if (given[column.property] === undefined || given[column.property] === null)
      throw new InvalidRequest(`The ${column.property} field is required.`);
  }
}
