import type { JsonObject } from '../../core/json.js';
import { keyText } from '../../core/record.js';
import type { Account } from './account.js';
import { findField } from './custom-fields.js';
import { fieldsPath, RecordList } from './reading/list.js';
import { streamOf } from './streams/index.js';
import type { StreamSpec } from './streams/spec.js';

type Choices = readonly { value: string; title: string }[];

/** Standard fields whose values stand in another stream, with the caption there. */
const standard: Readonly<Record<string, { readonly stream: string; readonly title: string }>> = {
  responsible_user_id: { stream: 'users', title: 'name' },
  created_by: { stream: 'users', title: 'name' },
  updated_by: { stream: 'users', title: 'name' },
  pipeline_id: { stream: 'pipelines', title: 'name' },
  status_id: { stream: 'statuses', title: 'title' },
  loss_reason_id: { stream: 'loss_reasons', title: 'name' },
  source_id: { stream: 'sources', title: 'name' },
  task_type_id: { stream: 'task_types', title: 'name' },
  catalog_id: { stream: 'catalogs', title: 'name' },
};

/** Values that a field may take, with captions; none where anything goes. */
export async function choicesOf(
  account: Account,
  stream: StreamSpec,
  name: string,
  signal: AbortSignal,
): Promise<Choices> {
  if (name === 'tags') return tagsOf(account, stream, signal);
  const place = Object.hasOwn(standard, name) ? standard[name] : undefined;
  if (place !== undefined && stream.fields.some((field) => field.name === name)) {
    const list = new RecordList(account, streamOf(place.stream));
    return (await list.whole(signal)).map((row) => choice(row, place.title));
  }
  const [path] =
    stream.hasCustomFields && name.startsWith('custom.') ? await new RecordList(account, stream).paths(signal) : [];
  if (path === undefined) return [];
  const field = findField(await account.customFields(fieldsPath(path), signal), name);
  return (field?.choices ?? []).map(({ text }) => ({ value: text, title: text }));
}

async function tagsOf(account: Account, stream: StreamSpec, signal: AbortSignal): Promise<Choices> {
  const rows = await account.all(`${stream.path}/tags`, 'tags', {}, signal);
  return rows.map((row) => ({ value: keyText(row.name) ?? '', title: keyText(row.name) ?? '' }));
}

function choice(row: JsonObject, title: string): { value: string; title: string } {
  return { value: keyText(row.id) ?? '', title: keyText(row[title]) ?? '' };
}
