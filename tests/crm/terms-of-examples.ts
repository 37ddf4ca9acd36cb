import type { AmoCrmSandbox } from '../../sandbox/amocrm/sandbox.js';
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
        lines: null,
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
