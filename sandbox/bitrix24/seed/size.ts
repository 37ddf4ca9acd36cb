/** How many records to begin with. */
export interface SeedSize {
  readonly deals: number;
  readonly leads: number;
  readonly contacts: number;
  readonly companies: number;
  readonly activities: number;
  readonly comments: number;
  readonly tasks: number;
  readonly products: number;
  /** Items of the first smart process. */
  readonly items: number;
}

const NONE: SeedSize = {
  deals: 0,
  leads: 0,
  contacts: 0,
  companies: 0,
  activities: 0,
  comments: 0,
  tasks: 0,
  products: 0,
  items: 0,
};

/** What a plain number means: so many deals, and the rest in the proportion of a living portal. */
export function sizeOf(records: number | Partial<SeedSize> | undefined): SeedSize {
  if (typeof records !== 'number') return { ...NONE, ...records };
  const part = (share: number) => Math.ceil(records * share);
  return {
    deals: records,
    leads: part(0.25),
    contacts: part(0.5),
    companies: part(0.2),
    activities: part(0.25),
    comments: part(0.1),
    tasks: part(0.05),
    products: Math.min(2000, part(0.05)),
    items: part(0.05),
  };
}
