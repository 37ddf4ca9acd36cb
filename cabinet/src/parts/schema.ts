/** One field of a form, out of a JSON schema that a connector declares. */
export interface SchemaField {
  readonly name: string;
  readonly kind: 'text' | 'number' | 'boolean' | 'choice' | 'list' | 'numbers' | 'json';
  readonly title: string;
  readonly description: string;
  readonly isRequired: boolean;
  readonly choices: readonly string[];
  readonly isInteger: boolean;
  readonly isLong: boolean;
  readonly min: number | undefined;
  readonly max: number | undefined;
}

export type Texts = Readonly<Record<string, string>>;
type Properties = Readonly<Record<string, unknown>>;

/** The fields of an object's schema; what Pipewright keeps up to date by itself (it may be null) is left out. */
export function fieldsOf(schema: unknown): readonly SchemaField[] {
  if (!isObject(schema) || !isObject(schema.properties)) return [];
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries(schema.properties).flatMap(([name, property]) =>
    isObject(property) && !mayBeNull(property) ? [fieldOf(name, property, required.includes(name))] : [],
  );
}

/** What is already set, as the texts of the form. */
export function textsOf(fields: readonly SchemaField[], values: Properties): Texts {
  const known = fields.filter(({ name }) => values[name] !== undefined && values[name] !== null);
  return Object.fromEntries(known.map((field) => [field.name, textOf(field, values[field.name])]));
}

/** The values to send, and the names of fields whose text does not say a value. */
export function valuesOf(fields: readonly SchemaField[], texts: Texts) {
  const values: Record<string, unknown> = {};
  const faults: string[] = [];
  for (const field of fields) {
    const text = texts[field.name] ?? '';
    if (text.trim() === '') continue;
    const value = readField(field, text);
    if (value === undefined) faults.push(field.name);
    else values[field.name] = value;
  }
  return { values, faults };
}

function fieldOf(name: string, property: Properties, isRequired: boolean): SchemaField {
  const choices = choicesOf(property);
  return {
    name,
    kind: kindOf(property, choices),
    title: typeof property.title === 'string' ? property.title : name,
    description: typeof property.description === 'string' ? property.description : '',
    isRequired,
    choices,
    isInteger: property.type === 'integer',
    isLong: typeof property.maxLength === 'number' && property.maxLength > 2_000,
    min: numberOf(property.minimum) ?? numberOf(property.exclusiveMinimum),
    max: numberOf(property.maximum),
  };
}

function kindOf(property: Properties, choices: readonly string[]): SchemaField['kind'] {
  if (choices.length > 0) return 'choice';
  if (property.type === 'boolean') return 'boolean';
  if (property.type === 'integer' || property.type === 'number') return 'number';
  if (property.type === 'string') return 'text';
  if (property.type === 'array' && isObject(property.items)) {
    if (property.items.type === 'string') return 'list';
    if (property.items.type === 'integer') return 'numbers';
  }
  return 'json';
}

function choicesOf({ enum: named, anyOf }: Properties): readonly string[] {
  if (Array.isArray(named)) return named.filter((each) => typeof each === 'string');
  if (!Array.isArray(anyOf)) return [];
  const constants = anyOf.map((each) => (isObject(each) ? each.const : undefined));
  return constants.every((each) => typeof each === 'string') ? constants : [];
}

function mayBeNull({ anyOf }: Properties): boolean {
  return Array.isArray(anyOf) && anyOf.some((each) => isObject(each) && each.type === 'null');
}

function textOf({ kind }: SchemaField, value: unknown): string {
  if ((kind === 'list' || kind === 'numbers') && Array.isArray(value)) return value.join('\n');
  if (kind === 'json') return JSON.stringify(value, null, 2);
  return String(value);
}

function readField({ kind }: SchemaField, text: string): unknown {
  if (kind === 'boolean') return text === 'true';
  if (kind === 'number') return finite(text);
  if (kind === 'list') return linesOf(text);
  if (kind === 'numbers') {
    const numbers = linesOf(text).map(finite);
    return numbers.includes(undefined) ? undefined : numbers;
  }
  return kind === 'json' ? parsed(text) : text;
}

function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function finite(text: string): number | undefined {
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function isObject(value: unknown): value is Properties {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
