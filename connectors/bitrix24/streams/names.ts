/** Names that the two families of methods spell differently, by type id; all others follow one rule. */
const special: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  common: {
    DATE_CREATE: 'createdTime',
    DATE_MODIFY: 'updatedTime',
    CREATED_BY_ID: 'createdBy',
    MODIFY_BY_ID: 'updatedBy',
    MOVED_BY_ID: 'movedBy',
  },
  lead: { STATUS_ID: 'stageId', STATUS_SEMANTIC_ID: 'stageSemanticId' },
  company: { COMPANY_TYPE: 'typeId' },
  quote: { STATUS_ID: 'stageId' },
};

/** Translates field names: `STAGE_ID` of the old methods (and of records here) is `stageId` in the universal ones. */
export interface Names {
  /** The universal spelling of a record's field. */
  toVendor(name: string): string;
  /** A record's field from the universal spelling. */
  toRecord(name: string): string;
}

/** `family` of the old methods; null for smart processes and invoices, which never had any. */
export function namesOf(family: 'lead' | 'deal' | 'contact' | 'company' | 'quote' | null): Names {
  const pairs = family === null ? {} : { ...special.common, ...special[family] };
  const back = new Map(Object.entries(pairs).map(([upper, camel]) => [camel, upper]));
  return {
    toVendor: (name) => (Object.hasOwn(pairs, name) ? (pairs[name] as string) : camelOf(name)),
    toRecord: (name) => back.get(name) ?? upperOf(name),
  };
}

/** Custom fields keep their names: the methods are asked for `useOriginalUfNames`. */
export function camelOf(name: string): string {
  if (name.startsWith('UF_')) return name;
  return name.toLowerCase().replace(/_([a-z0-9])/g, (_, next: string) => next.toUpperCase());
}

export function upperOf(name: string): string {
  if (name.startsWith('UF_')) return name;
  return name
    .replace(/([A-Z])/g, '_$1')
    .replace(/([a-z])(\d)/g, '$1_$2')
    .toUpperCase();
}
