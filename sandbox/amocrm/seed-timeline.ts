import { plant, type Seeding } from './seed-values.js';
import { elementTypes } from './streams.js';

/** A task that belongs to a lead. */
export interface TaskPlan {
  readonly entityId: number;
  readonly till: number;
  readonly isCompleted: boolean;
  readonly userId: number;
}

const TEXTS = ['Перезвонить клиенту', 'Wysłać ofertę', 'Trimite contractul', 'Узгодити рахунок', 'Send the invoice'];
const NOTES = [
  'Клиент просил скидку',
  'Klient prosi o kontakt jutro',
  'Clientul a confirmat comanda',
  'Чекає на рахунок',
  'Asked for a demo',
];

/** Tasks of leads, and notes and calls of every other lead or contact. */
export function seedTimeline({ store, random, size }: Seeding, tasks: readonly TaskPlan[]): void {
  for (const { entityId, till, isCompleted, userId } of tasks) {
    plant(store, 'tasks', {
      created_by: userId,
      updated_by: userId,
      created_at: till - 86_400,
      updated_at: isCompleted ? till : till - 86_400,
      responsible_user_id: userId,
      group_id: 0,
      entity_id: entityId,
      entity_type: 'leads',
      duration: 0,
      is_completed: isCompleted,
      task_type_id: random.pick([1, 2, 2_751_043]),
      text: random.pick(TEXTS),
      result: isCompleted ? { text: 'Готово' } : [],
      complete_till: till,
      owner: `leads:${entityId}`,
    });
  }
  for (let number = 0; number < Math.floor(size.leads / 2); number += 1) {
    const entity = random.chance(0.8) || size.contacts === 0 ? 'leads' : 'contacts';
    const table = store.tables[entity];
    const row = random.int(0, table.count - 1);
    const at = table.number(row, 'created_at') + random.int(60, 86_400);
    const by = table.number(row, 'responsible_user_id');
    const isCall = random.chance(0.2);
    plant(store, 'notes', {
      entity_id: table.idOf(row),
      created_by: by,
      updated_by: by,
      created_at: at,
      updated_at: at,
      responsible_user_id: by,
      group_id: 0,
      note_type: isCall ? random.pick(['call_in', 'call_out']) : 'common',
      params: isCall
        ? {
            uniq: `seed-${number}`,
            duration: random.int(1, 900),
            source: 'sandbox',
            link: `https://calls.example.com/${number}.mp3`,
            phone: `+7495${random.digits(7)}`,
          }
        : { text: random.pick(NOTES) },
      entity_type: entity,
      of: elementTypes[entity],
      owner: `${entity}:${table.idOf(row)}`,
    });
  }
}
