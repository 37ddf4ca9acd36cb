export const templateNames = ['contacts', 'migration', 'every'] as const;
export type TemplateName = (typeof templateNames)[number];

const bodies: Readonly<Record<TemplateName, string>> = {
  contacts: `connections:
  from: { connector: http }
  to: { connector: http }
trigger: manual # or { every: 5m }, { cron: "0 3 * * *" }
flows:
  contacts:
    from: { stream: from.contacts, read: incremental }
    steps:
      - where: "record.email != ''"
    map:
      name: name
      email: email
      phone: { from: phone, default: null }
    to: { stream: to.contacts, write: upsert }
`,
  migration: `connections:
  old: { connector: http }
  new: { connector: http }
flows:
  companies:
    from: { stream: old.companies, read: full }
    map:
      name: name
      email: email
    to: { stream: new.companies, write: upsert }
  contacts:
    from: { stream: old.contacts, read: full }
    map:
      name: name
      email: email
      company_id: { ref: companies, by: company_id } # keeps the relation
    to: { stream: new.contacts, write: upsert }
`,
  every: `connections: { crm: { connector: bitrix24 }, amo: { connector: amocrm } }
trigger: { every: 5m }
flows:
  companies:
    from: { stream: crm.companies, read: incremental }
    map: { name: TITLE }
    to: { stream: amo.companies, write: upsert }
  deals:
    from: { stream: crm.deals, read: incremental }
    steps:
      - require: [{ that: "record.TITLE != ''", message: A deal needs a title. }]
    map:
      name: TITLE
      price: OPPORTUNITY
      company_id: { ref: companies, by: COMPANY_ID, missing: null }
    to: { stream: amo.leads, write: upsert }
`,
};

/** A whole definition to begin with. */
export function templateText(name: TemplateName, id: string, title: string): string {
  // JSON text in quotes is YAML text too, whatever was typed.
  return `pipeline: ${id}\ntitle: ${JSON.stringify(title)}\n${bodies[name]}`;
}
