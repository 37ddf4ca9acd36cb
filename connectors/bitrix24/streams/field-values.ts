import { keyText } from '../../../core/record.js';
import type { PortalClient } from '../client.js';
import { Finder } from '../reading/finder.js';
import type { Entity } from './entities.js';
import { currencies, directory, pipelines, stages } from './references.js';
import { schemaOf } from './schema.js';
import { users } from './users.js';

export interface Choice {
  readonly value: string;
  readonly title: string;
}

/** Values that a field may take, with captions: choices of a list, a directory, stages, users, currencies. */
export async function fieldValues(
  client: PortalClient,
  entity: Entity,
  name: string,
  signal: AbortSignal,
): Promise<readonly Choice[]> {
  const field = (await schemaOf(client, entity, signal)).get(name);
  if (name === 'STAGE_ID' || (name === 'STATUS_ID' && entity.code === 'LEAD')) {
    const all = (await stages.load(client, signal)).filter((stage) => stage.stream === entity.stream);
    return all.map((stage) => ({ value: String(stage.id), title: String(stage.caption) }));
  }
  if (field === undefined) return [];
  if (field.items.length > 0) return field.items;
  if (field.statusType !== null) {
    const rows = await directory(client, field.statusType, signal);
    return rows.map((row) => ({ value: keyText(row.STATUS_ID) ?? '', title: keyText(row.NAME) ?? '' }));
  }
  switch (field.type) {
    case 'boolean':
    case 'char':
      return [
        { value: 'Y', title: 'Yes' },
        { value: 'N', title: 'No' },
      ];
    case 'user':
    case 'employee':
      return userChoices(client, signal);
    case 'crm_currency':
      return (await currencies.load(client, signal)).map((row) => ({
        value: keyText(row.CURRENCY) ?? '',
        title: keyText(row.FULL_NAME) ?? keyText(row.CURRENCY) ?? '',
      }));
    case 'crm_category':
      return (await pipelines.load(client, signal))
        .filter((row) => row.stream === entity.stream)
        .map((row) => ({ value: String(row.id), title: String(row.caption) }));
    default:
      return [];
  }
}

async function userChoices(client: PortalClient, signal: AbortSignal): Promise<Choice[]> {
  const rows = await new Finder(client, users.list).all([{}], signal);
  return rows.map((row) => {
    const name = [row.NAME, row.LAST_NAME].map(keyText).filter((part) => part !== null);
    return { value: String(row.ID), title: name.join(' ') || keyText(row.EMAIL) || String(row.ID) };
  });
}
