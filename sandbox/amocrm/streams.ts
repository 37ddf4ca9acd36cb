/** The entities that have custom fields, tags, links, notes and a webhook of their own. */
export const entityNames = ['leads', 'contacts', 'companies', 'customers'] as const;
export type EntityName = (typeof entityNames)[number];

/** Everything kept in tables, in an order in which relations point backwards. */
export const streamNames = ['companies', 'contacts', 'elements', 'leads', 'customers', 'tasks', 'notes'] as const;
export type StreamName = (typeof streamNames)[number];

export function isEntity(name: string | undefined): name is EntityName {
  return entityNames.some((known) => known === name);
}

export function isStream(name: string): name is StreamName {
  return streamNames.some((known) => known === name);
}

/** How the history of the account and old payloads call an entity. */
export const singular: Readonly<Record<EntityName, string>> = {
  leads: 'lead',
  contacts: 'contact',
  companies: 'company',
  customers: 'customer',
};

/** The numbers by which payloads of the second version of the API call an entity. */
export const elementTypes: Readonly<Record<EntityName, number>> = {
  contacts: 1,
  leads: 2,
  companies: 3,
  customers: 12,
};

/** Keys kept in columns, by which lists are filtered without reading the records. */
export const columnsOf: Readonly<Record<StreamName, readonly string[]>> = {
  leads: [
    'price',
    'responsible_user_id',
    'status_id',
    'pipeline_id',
    'created_by',
    'updated_by',
    'closed_at',
    'closest_task_at',
  ],
  contacts: ['responsible_user_id', 'created_by', 'updated_by', 'closest_task_at'],
  companies: ['responsible_user_id', 'created_by', 'updated_by', 'closest_task_at'],
  customers: ['responsible_user_id', 'created_by', 'updated_by', 'closest_task_at', 'next_price', 'next_date'],
  elements: ['catalog_id'],
  tasks: ['responsible_user_id', 'entity_id', 'is_completed', 'task_type_id', 'complete_till'],
  notes: ['entity_id', 'of'],
};
