import { hashOf } from '../../kit/effect-log.js';
import type { PortalStore } from '../store.js';
import { defaultSettings } from '../user-fields.js';

type Line = readonly [
  entityId: string,
  fieldName: string,
  type: string,
  caption: readonly [ru: string, en: string],
  more?: { readonly multiple?: boolean; readonly values?: readonly string[] },
];

/** The custom fields that a seeded portal has: one of nearly every type, with names as people and as the form make them. */
const LINES: readonly Line[] = [
  ['CRM_DEAL', 'UF_CRM_1721244482250', 'string', ['Номер договора', 'Contract number']],
  ['CRM_DEAL', 'UF_CRM_MARGIN', 'double', ['Маржа', 'Margin']],
  [
    'CRM_DEAL',
    'UF_CRM_1724077760',
    'enumeration',
    ['Канал', 'Channel'],
    { values: ['Сайт', 'Targi', 'Партнёр', 'Târg'] },
  ],
  ['CRM_DEAL', 'UF_CRM_DELIVERY_ON', 'date', ['Дата поставки', 'Delivery date']],
  ['CRM_DEAL', 'UF_CRM_BUDGET', 'money', ['Бюджет', 'Budget']],
  ['CRM_DEAL', 'UF_CRM_URGENT', 'boolean', ['Срочно', 'Urgent']],
  ['CRM_DEAL', 'UF_CRM_CONTRACT', 'file', ['Договор', 'Contract']],
  ['CRM_LEAD', 'UF_CRM_SCORE', 'integer', ['Оценка', 'Score']],
  ['CRM_LEAD', 'UF_CRM_1704817278', 'crm', ['Партнёр', 'Partner']],
  ['CRM_LEAD', 'UF_CRM_TAGS', 'string', ['Метки', 'Tags'], { multiple: true }],
  ['CRM_CONTACT', 'UF_CRM_CONSENT_AT', 'datetime', ['Согласие', 'Consent given']],
  ['CRM_CONTACT', 'UF_CRM_64D5D3D5C6D1B', 'enumeration', ['Сегмент', 'Segment'], { values: ['A', 'B', 'C', 'VIP'] }],
  ['CRM_CONTACT', 'UF_CRM_PROFILE', 'url', ['Профиль', 'Profile']],
  ['CRM_COMPANY', 'UF_CRM_TAX_ID', 'string', ['ИНН / NIP / CUI', 'Tax number']],
  ['CRM_COMPANY', 'UF_CRM_1687188367', 'crm', ['Дочерняя компания', 'Subsidiary']],
  [
    'CRM_COMPANY',
    'UF_CRM_REGIONS',
    'enumeration',
    ['Регионы', 'Regions'],
    { multiple: true, values: ['Mazowsze', 'Галичина', 'Transilvania', 'Поволжье'] },
  ],
  ['CRM_COMPANY', 'UF_CRM_CURATOR', 'employee', ['Куратор', 'Curator']],
  ['CRM_2', 'UF_CRM_2_1639669411830', 'double', ['Вес, кг', 'Weight, kg']],
  ['CRM_2', 'UF_CRM_2_CARRIER', 'enumeration', ['Перевозчик', 'Carrier'], { values: ['СДЭК', 'InPost', 'Нова Пошта'] }],
  ['CRM_2', 'UF_CRM_2_ADDRESS', 'address', ['Адрес', 'Address']],
  ['CRM_5', 'UF_CRM_5_SERIAL', 'string', ['Numer seryjny', 'Serial number']],
];

export function seedUserFields(store: PortalStore): void {
  LINES.forEach(([entityId, fieldName, type, [ru, en], more], index) => {
    const values = more?.values ?? [];
    store.addUserField({
      entityId,
      fieldName,
      type,
      multiple: more?.multiple ?? false,
      mandatory: false,
      sort: 100 + index * 10,
      showFilter: 'E',
      xmlId: null,
      settings: type === 'crm' ? { LEAD: 'N', CONTACT: 'Y', COMPANY: 'Y', DEAL: 'N' } : defaultSettings(type),
      labels: { ru, en },
      list: values.map((value, place) => ({
        id: store.nextEnumId(),
        value,
        sort: (place + 1) * 10,
        def: false,
        xmlId: hashOf(`${fieldName}/${value}`).toString(16).padStart(12, '0'),
      })),
    });
  });
}
