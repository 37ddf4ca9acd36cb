import { storedMoment } from '../moments.js';
import { FIRST_DAY, LAST_DAY, plant, type Sowing, someId, userOf } from './sowing.js';

const CALLS = ['Исходящий звонок', 'Rozmowa telefoniczna', 'Вхідний дзвінок', 'Apel telefonic'];
const NOTES = ['Клиент просил перезвонить', 'Prosi o fakturę pro forma', 'Домовились на вівторок', 'Trimis oferta'];
const JOBS = ['Подготовить счёт', 'Przygotować umowę', 'Надіслати зразки', 'Verifică stocul'];

/** What hangs on deals, contacts and companies: activities, comments, tasks and requisites. */
export function seedTimeline(sowing: Sowing): void {
  seedActivities(sowing);
  seedComments(sowing);
  seedTasks(sowing);
  seedRequisites(sowing);
}

function seedActivities(sowing: Sowing): void {
  const { store, random, size } = sowing;
  for (let row = 0; row < size.activities; row += 1) {
    const onDeal = store.deals.table.count > 0 && random.chance(0.7);
    const ownerId = someId(random, onDeal ? store.deals : store.contacts, 1);
    if (ownerId === null) return;
    const contactId = someId(random, store.contacts, 0.7);
    const typeId = random.pick([1, 2, 2, 4, 6]);
    const at = random.int(FIRST_DAY, LAST_DAY);
    const isDone = random.chance(0.6);
    plant(sowing, store.activities, {
      ownerId,
      ownerTypeId: onDeal ? 2 : 3,
      typeId,
      providerId: { 1: 'CRM_MEETING', 2: 'VOXIMPLANT_CALL', 4: 'CRM_EMAIL', 6: 'CRM_TODO' }[typeId] ?? 'CRM_TODO',
      providerTypeId: { 1: 'MEETING', 2: 'CALL', 4: 'EMAIL', 6: 'TODO' }[typeId] ?? 'TODO',
      associatedEntityId: 0,
      subject: `${random.pick(CALLS)} ${row + 1}`,
      startTime: storedMoment(at),
      endTime: storedMoment(at + 900_000),
      deadline: storedMoment(at + 900_000),
      completed: isDone ? 'Y' : 'N',
      status: isDone ? 2 : 1,
      assignedById: userOf(random),
      priority: random.int(1, 3),
      notifyType: 0,
      notifyValue: 0,
      description: random.chance(0.3) ? random.pick(NOTES) : '',
      descriptionType: 1,
      direction: random.int(1, 2),
      location: '',
      bindings: [{ OWNER_ID: String(ownerId), OWNER_TYPE_ID: onDeal ? '2' : '3' }],
      communications:
        contactId === null
          ? null
          : [
              {
                ID: String(row + 1),
                TYPE: 'PHONE',
                VALUE: '+48501234567',
                ENTITY_ID: String(contactId),
                ENTITY_TYPE_ID: '3',
              },
            ],
      resultMark: 0,
      resultStatus: 0,
      autocompleteRule: 0,
    });
  }
}

function seedComments(sowing: Sowing): void {
  const { store, random, size } = sowing;
  for (let row = 0; row < size.comments; row += 1) {
    const entityId = someId(random, store.deals, 1);
    if (entityId === null) return;
    const file =
      row < 2000 && random.chance(0.1)
        ? store.files.add(`фото ${row + 1}.gif`, Buffer.from(`GIF89a picture ${row + 1}`), LAST_DAY, 1).id
        : null;
    plant(sowing, store.comments, {
      entityId,
      entityType: 'deal',
      owner: `deal_${entityId}`,
      comment: `${random.pick(NOTES)} (${row + 1})`,
      files: file === null ? null : [file],
    });
  }
}

function seedTasks(sowing: Sowing): void {
  const { store, random, size } = sowing;
  for (let row = 0; row < size.tasks; row += 1) {
    const dealId = someId(random, store.deals, 0.8);
    const status = random.pick([2, 3, 4, 5, 6]);
    plant(sowing, store.tasks, {
      title: `${random.pick(JOBS)} ${row + 1}`,
      description: random.chance(0.5) ? `[B]${random.pick(NOTES)}[/B]` : '',
      priority: random.int(0, 2),
      status,
      realStatus: status,
      multitask: 'N',
      responsibleId: userOf(random),
      activityDate: storedMoment(random.int(FIRST_DAY, LAST_DAY)),
      closedDate: status === 5 ? storedMoment(random.int(FIRST_DAY, LAST_DAY)) : null,
      deadline: random.chance(0.6) ? storedMoment(random.int(FIRST_DAY, LAST_DAY)) : null,
      guid: `{${random.hex(8)}-${random.hex(4)}-${random.hex(4)}-${random.hex(4)}-${random.hex(12)}}`,
      allowChangeDeadline: 'N',
      taskControl: 'N',
      timeEstimate: 0,
      groupId: 0,
      favorite: 'N',
      tags: random.chance(0.2) ? ['crm'] : null,
      ufCrmTask: dealId === null ? null : [`D_${dealId}`],
    });
  }
}

function seedRequisites(sowing: Sowing): void {
  const { store, random } = sowing;
  for (const row of store.companies.table.rows()) {
    if (!random.chance(0.3)) continue;
    const company = store.companies.table.record(row);
    plant({ ...sowing, dirty: 0 }, store.requisites, {
      entityTypeId: 4,
      entityId: Number(company.id),
      presetId: 1,
      name: 'Организация',
      active: 'Y',
      addressOnly: 'N',
      sort: 500,
      rqCompanyName: company.title ?? null,
      rqInn: company.UF_CRM_TAX_ID ?? null,
    });
  }
}
