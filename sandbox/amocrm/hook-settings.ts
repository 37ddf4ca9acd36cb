const ACTIONS: readonly (readonly [string, readonly string[]])[] = [
  ['lead', ['add', 'update', 'delete', 'restore', 'status', 'responsible', 'note']],
  ['contact', ['add', 'update', 'delete', 'restore', 'responsible', 'note']],
  ['company', ['add', 'update', 'delete', 'restore', 'responsible', 'note']],
  ['customer', ['add', 'update', 'delete', 'responsible', 'note']],
  ['task', ['add', 'update', 'delete', 'responsible']],
  ['unsorted', ['add', 'update', 'delete']],
];

const OTHERS = ['add_message', 'add_outgoing_message', 'add_talk', 'update_talk', 'add_chat_template_review'];

const known: ReadonlySet<string> = new Set([
  ...ACTIONS.flatMap(([entity, actions]) => actions.map((action) => `${action}_${entity}`)),
  ...OTHERS,
]);

/** Whether webhooks can be asked for what this names, such as `update_lead` or `add_catalog_4521`. */
export function isHookSetting(name: unknown): name is string {
  return typeof name === 'string' && (known.has(name) || /^(add|update|delete)_catalog_\d+$/.test(name));
}
