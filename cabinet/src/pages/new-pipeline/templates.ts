export const templateNames = ['contacts', 'migration', 'every'] as const;
export type TemplateName = (typeof templateNames)[number];

interface Template {
  /** Names of the two slots, and of the sandboxes that can stand in them. */
  readonly slots: readonly [string, string];
  readonly sandboxes: readonly [string, string];
  body(from: string, to: string): string;
}

const templates: Readonly<Record<TemplateName, Template>> = {
  contacts: {
    slots: ['from', 'to'],
    sandboxes: ['crm', 'copy'],
    body: (from, to) => `connections:
  ${from}: { connector: http }
  ${to}: { connector: http }
trigger: manual # or { every: 5m }, { cron: "0 3 * * *" }
flows:
  contacts:
    from: { stream: ${from}.contacts, read: incremental }
    steps:
      - where: "record.email != ''"
    map:
      name: name
      email: email
      phone: { from: phone, default: null }
    to: { stream: ${to}.contacts, write: upsert }
`,
  },
  migration: {
    slots: ['old', 'new'],
    sandboxes: ['crm', 'copy'],
    body: (from, to) => `connections:
  ${from}: { connector: http }
  ${to}: { connector: http }
flows:
  companies:
    from: { stream: ${from}.companies, read: full }
    map:
      name: name
      email: email
    to: { stream: ${to}.companies, write: upsert }
  contacts:
    from: { stream: ${from}.contacts, read: full }
    map:
      name: name
      email: email
      company_id: { ref: companies, by: company_id } # keeps the relation
    to: { stream: ${to}.contacts, write: upsert }
`,
  },
  every: {
    slots: ['crm', 'amo'],
    sandboxes: ['bitrix24', 'amocrm'],
    body: (from, to) => `connections: { ${from}: { connector: bitrix24 }, ${to}: { connector: amocrm } }
trigger: { every: 5m }
flows:
  companies:
    from: { stream: ${from}.companies, read: incremental }
    map: { name: TITLE }
    to: { stream: ${to}.companies, write: upsert }
  deals:
    from: { stream: ${from}.deals, read: incremental }
    steps:
      - require: [{ that: "record.TITLE != ''", message: A deal needs a title. }]
    map:
      name: TITLE
      price: OPPORTUNITY
      company_id: { ref: companies, by: COMPANY_ID, missing: null }
    to: { stream: ${to}.leads, write: upsert }
`,
  },
};

/** Names of the sandboxes that this example can be tried on. */
export function sandboxesOf(name: TemplateName): readonly string[] {
  return templates[name].sandboxes;
}

interface Wish {
  readonly id: string;
  readonly title: string;
  /** Slots are then named as the sandboxes are, so that publishing finds the connections by itself. */
  readonly isOnSandboxes: boolean;
}

/** A whole definition to begin with. */
export function templateText(name: TemplateName, { id, title, isOnSandboxes }: Wish): string {
  const { slots, sandboxes, body } = templates[name];
  // JSON text in quotes is YAML text too, whatever was typed.
  return `pipeline: ${id}\ntitle: ${JSON.stringify(title)}\n${body(...(isOnSandboxes ? sandboxes : slots))}`;
}
