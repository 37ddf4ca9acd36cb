import type { AmoCrmSandbox } from '../../sandbox/amocrm/sandbox.js';
import type { Sheet } from './comparison/model.js';
import type { Terms } from './comparison/terms.js';

/** What `bitrix24-to-amocrm` decides, in the words of its pairs and of its list of what cannot be held. */
export function bitrixInAmo({ store }: AmoCrmSandbox): Terms {
  return {
    fields: {
      companies: {
        'custom.Type': 'custom.Company type',
        'custom.Revenue': 'custom.REVENUE',
        'custom.Tax number': 'custom.ИНН / NIP / CUI / ЄДРПОУ',
      },
      contacts: { 'custom.Type': 'custom.Contact type', 'custom.Birth date': 'custom.Date of birth' },
      products: { createdAt: 'custom.Created at' },
      deals: {
        pipeline: 'custom.Pipeline',
        currency: 'custom.Currency',
        'custom.Begins on': 'custom.Start date',
        'custom.Closes on': 'custom.End date',
        'custom.Budget': 'custom.BUDGET',
      },
    },
    values: {
      stage: {
        Новая: 'Первичный контакт',
        'Подготовка документов': 'Переговоры',
        'Счёт на предоплату': 'Принимают решение',
        'В работе': 'Принимают решение',
        'Финальный счёт': 'Согласование договора',
        'Сделка успешна': 'Успешно реализовано',
        'Сделка провалена': 'Закрыто и не реализовано',
        'Анализ причины провала': 'Закрыто и не реализовано',
      },
    },
    ways: { pager: 'other', mailing: 'other' },
    ownFields: { deals: ['pipeline'], tasks: ['type'] },
    colleagues: { known: store.users.map(({ email }) => email), instead: store.owner.email },
    adapt: { tasks: (fields) => ({ ...fields, due: fields.due ?? fields.createdAt }) },
  };
}

/** What `amocrm-to-bitrix24` decides. */
export function amoInBitrix(): Terms {
  const made = (createdAt: unknown) => `${String(createdAt).replace('T', ' ').replace('Z', '')} UTC`;
  const words = ({ fields }: Sheet, ...names: string[]) => names.map((name) => String(fields[name] ?? ''));
  return {
    fields: {
      companies: { createdAt: 'custom.Created at', tags: 'custom.Tags', 'custom.Реквизиты': 'custom.UF_CRM_AMO_LEGAL' },
      contacts: {
        createdAt: 'custom.Created at',
        tags: 'custom.Tags',
        'custom.Адрес': 'custom.UF_CRM_AMO_ADDRESS',
        'custom.День рождения': 'custom.Birth date',
      },
      products: { 'custom.Описание': 'custom.Description', 'custom.Группа': null, 'custom.Единица измерения': null },
      deals: {
        createdAt: 'custom.Created at',
        closedAt: 'custom.Closed at',
        lossReason: 'custom.UF_CRM_AMO_LOSS_REASON',
        tags: 'custom.Tags',
        'custom.Комментарий': 'custom.Comment',
      },
      tasks: { createdAt: null, type: null, result: null },
      notes: { createdAt: null },
    },
    values: {
      stage: {
        'Первичный контакт': 'Новая',
        Переговоры: 'Подготовка документов',
        'Принимают решение': 'В работе',
        'Согласование договора': 'Финальный счёт',
        'Pierwszy kontakt': 'Новая',
        Wycena: 'Подготовка документов',
        Negocjacje: 'В работе',
        'Umowa wysłana': 'Финальный счёт',
        'Contact inițial': 'Новая',
        'Ofertă trimisă': 'Подготовка документов',
        Negociere: 'В работе',
        'Перший контакт': 'Новая',
        Узгодження: 'Подготовка документов',
        'Рахунок виставлено': 'Счёт на предоплату',
        'Успешно реализовано': 'Сделка успешна',
        'Закрыто и не реализовано': 'Сделка провалена',
      },
    },
    ways: { workdd: 'work' },
    ownFields: {
      companies: ['createdAt', 'custom.Revenue'],
      contacts: ['createdAt'],
      products: ['createdAt'],
      deals: ['createdAt', 'closedAt', 'custom.Begins on', 'custom.Closes on', 'custom.Type'],
      tasks: ['createdAt'],
      notes: ['createdAt'],
    },
    colleagues: {
      known: Array.from({ length: 8 }, (_, index) => `user${index + 1}@sandbox.example.com`),
      instead: null,
    },
    adapt: {
      companies: (fields) => ({ ...fields, 'custom.Реквизиты': legal(fields['custom.Реквизиты']) }),
      contacts: (fields, name) => ({
        ...fields,
        ...(fields.firstName === undefined && fields.lastName === undefined && { firstName: name }),
      }),
      products: (fields) => ({ ...fields, 'custom.Currency': 'RUB' }),
      deals: ({ pipeline, stage, ...fields }) => ({
        ...fields,
        currency: 'RUB',
        stage,
        pipeline: 'Общая',
        'custom.UF_CRM_AMO_PIPELINE': pipeline,
        'custom.UF_CRM_AMO_STAGE': stage,
      }),
    },
    names: {
      tasks: (one) =>
        [one.name, ...words(one, 'type', 'result'), made(one.fields.createdAt)]
          .filter((part) => part !== '')
          .join('\n'),
      notes: (one) => `${made(one.fields.createdAt)}\n${one.name}`,
    },
  };
}

/** Legal details are an object in amoCRM, and one text in Bitrix24. */
function legal(held: unknown): string | null {
  if (typeof held !== 'string') return null;
  const { name, vat_id, address } = JSON.parse(held) as Record<string, string>;
  return [name, vat_id, address].filter((part) => part !== undefined && part !== '').join(', ');
}
