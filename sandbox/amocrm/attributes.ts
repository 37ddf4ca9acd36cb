import { type Json, type JsonObject, own } from '../kit/json.js';
import { errors, type FieldError } from './answers.js';
import type { AmoStore } from './store.js';
import type { StreamName } from './streams.js';

/** What a plain key of a record may hold. */
type Attribute = 'text' | 'name' | 'int' | 'number' | 'bool' | 'user' | 'robot' | 'moment' | 'object';

const COMMON: Readonly<Record<string, Attribute>> = {
  responsible_user_id: 'user',
  created_by: 'robot',
  updated_by: 'robot',
  created_at: 'moment',
  updated_at: 'moment',
};

/** The plain keys that may be written, by stream; any other key is refused. */
const WRITABLE: Readonly<Record<StreamName, Readonly<Record<string, Attribute>>>> = {
  leads: {
    ...COMMON,
    name: 'name',
    price: 'number',
    status_id: 'int',
    pipeline_id: 'int',
    loss_reason_id: 'int',
    closed_at: 'moment',
    visitor_uid: 'text',
    source_id: 'int',
  },
  contacts: { ...COMMON, name: 'name', first_name: 'name', last_name: 'name' },
  companies: { ...COMMON, name: 'name' },
  customers: {
    ...COMMON,
    name: 'name',
    next_price: 'number',
    next_date: 'moment',
    periodicity: 'int',
    status_id: 'int',
  },
  elements: { name: 'name' },
  tasks: {
    ...COMMON,
    text: 'text',
    complete_till: 'moment',
    task_type_id: 'int',
    entity_id: 'int',
    entity_type: 'text',
    is_completed: 'bool',
    result: 'object',
    duration: 'int',
  },
  notes: {
    ...COMMON,
    entity_id: 'int',
    note_type: 'text',
    params: 'object',
    is_need_to_trigger_digital_pipeline: 'bool',
  },
};

/** The plain keys of what a client sent, checked; keys in `others` are left to the caller. */
export function readAttributes(
  store: AmoStore,
  stream: StreamName,
  item: JsonObject,
  others: ReadonlySet<string>,
): { readonly given: JsonObject; readonly errors: FieldError[] } {
  const given: JsonObject = {};
  const wrong: FieldError[] = [];
  const writable = WRITABLE[stream];
  for (const [key, value] of Object.entries(item)) {
    if (others.has(key)) continue;
    const attribute = Object.hasOwn(writable, key) ? writable[key] : undefined;
    const problem = attribute === undefined ? errors.notExpected(key) : check(store, attribute, key, value);
    if (problem !== undefined) wrong.push(problem);
    else if (value !== null || NULLABLE.has(key)) given[key] = value;
  }
  return { given, errors: wrong };
}

const NULLABLE: ReadonlySet<string> = new Set(['loss_reason_id', 'closed_at', 'source_id', 'visitor_uid']);

function check(store: AmoStore, attribute: Attribute, key: string, value: Json): FieldError | undefined {
  if (value === null) return undefined;
  switch (attribute) {
    case 'text':
    case 'name':
      if (typeof value !== 'string') return errors.type(key, 'string');
      return attribute === 'name' && value.length > store.settings.name_limit
        ? errors.tooLong(key, store.settings.name_limit)
        : undefined;
    case 'int':
    case 'moment':
      return Number.isInteger(value) ? undefined : errors.type(key, 'int');
    case 'number':
      return typeof value === 'number' ? undefined : errors.type(key, 'int');
    case 'bool':
      return typeof value === 'boolean' ? undefined : errors.type(key, 'bool');
    case 'object':
      return typeof value === 'object' ? undefined : errors.type(key, 'array');
    case 'user':
    case 'robot':
      if (!Number.isInteger(value)) return errors.type(key, 'int');
      if (value === 0 && attribute === 'robot') return undefined;
      return store.users.some(({ id }) => id === value) ? undefined : errors.choice(key);
  }
}

/** What a record is called in a refused batch, and in the answer of one that was taken. */
export function requestIdOf(item: Json | undefined, index: number): string {
  const given = typeof item === 'object' && item !== null && !Array.isArray(item) ? own(item, 'request_id') : undefined;
  return given === undefined || given === null ? String(index) : String(given);
}
