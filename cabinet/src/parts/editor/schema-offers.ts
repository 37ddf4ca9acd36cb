import type { TextPlace } from './text-place.js';

/** A JSON Schema as far as completion reads it. */
export interface OfferSchema {
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, OfferSchema>>;
  readonly additionalProperties?: boolean | OfferSchema;
  readonly items?: OfferSchema;
  readonly anyOf?: readonly OfferSchema[];
  readonly required?: readonly string[];
}

export interface SchemaOffer {
  readonly name: string;
  readonly kind: 'key' | 'value';
  readonly title: string;
  readonly description: string;
}

/** Keys or values that the grammar has at a place. Nothing is asked of anybody, so it is there at once. */
export function schemaOffersAt(root: OfferSchema, place: TextPlace): readonly SchemaOffer[] {
  let here: readonly OfferSchema[] = alternatives(root);
  for (const part of place.path) here = here.flatMap((schema) => inside(schema, part)).flatMap(alternatives);
  const found = new Map<string, SchemaOffer>();
  const add = (name: string, kind: SchemaOffer['kind'], { title = '', description = '' }: OfferSchema): void => {
    if (!found.has(name)) found.set(name, { name, kind, title, description });
  };
  // What is begun behind a key or a dash may become a map as well as a value.
  const last = place.path.at(-1);
  if (place.isKey || last === '[]') {
    for (const schema of here) {
      for (const [name, member] of Object.entries(schema.properties ?? {})) add(name, 'key', member);
    }
  }
  if (!place.isKey) {
    for (const schema of here) {
      const values = schema.enum ?? (schema.type === 'boolean' ? [true, false] : []);
      for (const value of values) if (value !== null) add(String(value), 'value', schema);
    }
  }
  return [...found.values()];
}

function inside(schema: OfferSchema, part: string): readonly OfferSchema[] {
  if (part === '[]') return schema.items === undefined ? [] : [schema.items];
  const own =
    schema.properties !== undefined && Object.hasOwn(schema.properties, part) ? schema.properties[part] : null;
  if (own != null) return [own];
  return typeof schema.additionalProperties === 'object' ? [schema.additionalProperties] : [];
}

function alternatives(schema: OfferSchema): readonly OfferSchema[] {
  return schema.anyOf === undefined ? [schema] : schema.anyOf.flatMap(alternatives);
}
