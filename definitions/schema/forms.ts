import Type, { type Static, type TSchema } from 'typebox';

/** Forms of names and values that the grammar uses in many places. */

export const pipelineIdPattern = '^[a-z][a-z0-9]*(-[a-z0-9]+)*$';
export const nameIdPattern = '^[a-z][a-z0-9_]*$';
export const durationPattern = '^[0-9]{1,7}(ms|s|m|h|d)$';
export const sharePattern = '^[0-9]{1,3}(\\.[0-9]{1,3})?%$';
/** `<slot>.<stream>`; a stream may itself hold dots and other characters (a table, a file). */
export const streamPattern = '^[a-z][a-z0-9_]*\\.[^\\s].*$';

interface About {
  readonly title: string;
  readonly description: string;
}

export const text = (about: About, more: { pattern?: string; maxLength?: number; examples?: string[] } = {}) =>
  Type.String({ minLength: 1, maxLength: 500, ...about, ...more });

export const duration = (about: About) =>
  Type.String({
    ...about,
    description: `${about.description} A whole number with ms, s, m, h or d.`,
    pattern: durationPattern,
  });

export const streamName = (about: About) => text(about, { pattern: streamPattern, examples: ['crm.deals'] });

export const choice = <const T extends readonly string[]>(about: About & { default?: T[number] }, ...values: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...values], ...about });

export const flag = (about: About, byDefault: boolean) => Type.Boolean({ ...about, default: byDefault });

/** A map with own names as keys. */
export const named = <T extends TSchema>(about: About, key: string, member: T) =>
  Type.Unsafe<Record<string, Static<T>>>({
    type: 'object',
    ...about,
    propertyNames: { type: 'string', pattern: key },
    additionalProperties: member,
  });

/** Any JSON value. */
export const anything = (about: About) => Type.Unsafe<unknown>({ ...about });

export const jsonMap = (about: About) =>
  Type.Unsafe<Record<string, unknown>>({ type: 'object', ...about, additionalProperties: true });

/** One text, or a list of them. */
export const textOrList = (about: About) =>
  Type.Unsafe<string | string[]>({
    ...about,
    anyOf: [
      { type: 'string', minLength: 1, title: 'One' },
      { type: 'array', title: 'Several', minItems: 1, items: { type: 'string', minLength: 1 } },
    ],
  });

/** Alternatives that differ by their JSON type, so that every error is about the one that was meant. */
export const byType = <A extends TSchema, B extends TSchema>(about: About, first: A, second: B) =>
  Type.Unsafe<Static<A> | Static<B>>({ ...about, anyOf: [first, second] });

export const closed = { additionalProperties: false } as const;
