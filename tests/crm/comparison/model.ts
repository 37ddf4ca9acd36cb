/** What is compared, in an order in which records point backwards. */
export const kinds = ['companies', 'contacts', 'products', 'deals', 'tasks', 'notes'] as const;
export type Kind = (typeof kinds)[number];

export type Value = string | number | boolean | readonly Value[];

/**
 * One record as people see it: nothing in it is an id. Dates are days (`2025-03-01`) or instants in UTC, sums are whole
 * minor units, owners are e-mails, stages, choices and fields are captions, lists are sorted; what is empty is left out.
 * Another record is told by its content. `phones`, `emails` hold `kind value`, `attachments` links, `lines` products with
 * quantities; fields that not every CRM has are called `custom.<caption>`.
 */
export interface Sheet {
  readonly name: string;
  readonly fields: Readonly<Record<string, Value>>;
}

/** A sales department, whichever CRM it works with. */
export type Department = Readonly<Record<Kind, readonly Sheet[]>>;

/** A sheet without what is empty, its lists sorted. */
export function sheet(name: string, given: Readonly<Record<string, Value | null | undefined>>): Sheet {
  const fields: Record<string, Value> = {};
  for (const [field, value] of Object.entries(given)) {
    if (value === null || value === undefined || value === '') continue;
    if (!Array.isArray(value)) fields[field] = value;
    else if (value.length > 0) fields[field] = sorted(value);
  }
  return { name, fields };
}

/** How other records name a company, a contact or a deal: by what tells it from its like. */
export function contentOf({ name, fields }: Sheet): string {
  const ways = [fields.phones, fields.emails].flatMap((list) => (Array.isArray(list) ? list : []));
  const amount = fields.amount === undefined ? [] : [fields.amount];
  const values = ways.map((way) => String(way).replace(/^\S+ /, '')).sort();
  return [name, ...values, ...amount].join(' · ');
}

function sorted(list: readonly Value[]): Value[] {
  return [...list].sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}
