import { addressParts } from './field-types.js';
import type { Field } from './fields.js';
import type { AmoStore } from './store.js';

/** The custom fields that the seed fills, by a short name. */
export type SeedFields = Readonly<Record<string, Field>>;

const PHONES = ['WORK', 'WORKDD', 'MOB', 'FAX', 'HOME', 'OTHER'].map((value) => ({ value }));
const EMAILS = ['WORK', 'PRIV', 'OTHER'].map((value) => ({ value }));
const MESSENGERS = ['SKYPE', 'ICQ', 'JABBER', 'GTALK', 'MSN', 'OTHER'].map((value) => ({ value }));
const values = (...texts: string[]) => texts.map((value) => ({ value }));

/** Makes the account's custom fields: predefined ones and those that a company of several countries would add. */
export function makeFields(store: AmoStore, productsId: number): SeedFields {
  const book = store.fields;
  const stage = store.pipelines.main.statuses.find(({ isEditable, sort }) => isEditable && sort >= 40);
  const required = stage === undefined ? [] : [{ pipeline_id: store.pipelines.main.id, status_id: stage.id }];
  const products = `catalogs/${productsId}`;
  return {
    position: book.add({
      owner: 'contacts',
      name: 'Должность',
      type: 'text',
      code: 'POSITION',
      sort: 2,
      isPredefined: true,
    }),
    phone: book.add({
      owner: 'contacts',
      name: 'Телефон',
      type: 'multitext',
      code: 'PHONE',
      sort: 4,
      isPredefined: true,
      enums: PHONES,
    }),
    email: book.add({
      owner: 'contacts',
      name: 'Email',
      type: 'multitext',
      code: 'EMAIL',
      sort: 6,
      isPredefined: true,
      enums: EMAILS,
    }),
    messenger: book.add({
      owner: 'contacts',
      name: 'Мгн. сообщения',
      type: 'multitext',
      code: 'IM',
      sort: 8,
      isPredefined: true,
      enums: MESSENGERS,
    }),
    contactKey: book.add({ owner: 'contacts', name: 'Внешний ID', type: 'text', code: 'EXTERNAL_ID' }),
    birthday: book.add({ owner: 'contacts', name: 'День рождения', type: 'birthday', remind: 'week' }),
    segment: book.add({
      owner: 'contacts',
      name: 'Сегмент',
      type: 'select',
      enums: values('A', 'B', 'C', 'Współpraca zakończona'),
    }),
    home: book.add({
      owner: 'contacts',
      name: 'Адрес',
      type: 'smart_address',
      enums: addressParts.map((value) => ({ value })),
    }),
    consent: book.add({ owner: 'contacts', name: 'Согласие на рассылку', type: 'checkbox' }),
    companyPhone: book.add({
      owner: 'companies',
      name: 'Телефон',
      type: 'multitext',
      code: 'PHONE',
      sort: 4,
      isPredefined: true,
      enums: PHONES,
    }),
    companyEmail: book.add({
      owner: 'companies',
      name: 'Email',
      type: 'multitext',
      code: 'EMAIL',
      sort: 6,
      isPredefined: true,
      enums: EMAILS,
    }),
    web: book.add({ owner: 'companies', name: 'Web', type: 'url', code: 'WEB', sort: 8, isPredefined: true }),
    address: book.add({
      owner: 'companies',
      name: 'Адрес',
      type: 'textarea',
      code: 'ADDRESS',
      sort: 10,
      isPredefined: true,
    }),
    companyKey: book.add({ owner: 'companies', name: 'Внешний ID', type: 'text', code: 'EXTERNAL_ID' }),
    taxId: book.add({ owner: 'companies', name: 'ИНН / NIP / CUI / ЄДРПОУ', type: 'text', code: 'TAX_ID' }),
    legal: book.add({ owner: 'companies', name: 'Реквизиты', type: 'legal_entity' }),
    industry: book.add({
      owner: 'companies',
      name: 'Отрасль',
      type: 'select',
      enums: values('retail', 'construction', 'food', 'it', 'logistics', 'manufacturing', 'education', 'medicine'),
    }),
    leadKey: book.add({ owner: 'leads', name: 'Внешний ID', type: 'text', code: 'EXTERNAL_ID' }),
    utm: book.add({
      owner: 'leads',
      name: 'utm_source',
      type: 'tracking_data',
      code: 'UTM_SOURCE',
      isPredefined: true,
      groupId: 'statistic',
    }),
    source: book.add({
      owner: 'leads',
      name: 'Источник заявки',
      type: 'select',
      enums: values('Сайт', 'Рекомендация', 'Targi', 'Telefon', 'Холодний дзвінок'),
    }),
    contract: book.add({
      owner: 'leads',
      name: 'Тип договора',
      type: 'radiobutton',
      enums: values('Разовый', 'Рамочный'),
      requiredStatuses: required,
    }),
    interests: book.add({
      owner: 'leads',
      name: 'Интересы',
      type: 'multiselect',
      enums: values('Доставка', 'Монтаж', 'Serwis', 'Consultanță'),
    }),
    shipping: book.add({ owner: 'leads', name: 'Дата отгрузки', type: 'date' }),
    call: book.add({ owner: 'leads', name: 'Время созвона', type: 'date_time' }),
    advance: book.add({ owner: 'leads', name: 'Предоплата', type: 'numeric' }),
    urgent: book.add({ owner: 'leads', name: 'Срочно', type: 'checkbox' }),
    comment: book.add({ owner: 'leads', name: 'Комментарий', type: 'textarea' }),
    customerKey: book.add({ owner: 'customers', name: 'Внешний ID', type: 'text', code: 'EXTERNAL_ID' }),
    sku: book.add({ owner: products, name: 'Артикул', type: 'text', code: 'SKU', sort: 10, isPredefined: true }),
    description: book.add({
      owner: products,
      name: 'Описание',
      type: 'textarea',
      code: 'DESCRIPTION',
      sort: 20,
      isPredefined: true,
    }),
    price: book.add({ owner: products, name: 'Цена', type: 'numeric', code: 'PRICE', sort: 30, isPredefined: true }),
    group: book.add({
      owner: products,
      name: 'Группа',
      type: 'category',
      code: 'GROUP',
      sort: 40,
      isPredefined: true,
      enums: values('Телефоны', 'Ноутбуки', 'Akcesoria', 'Servicii'),
    }),
    unit: book.add({
      owner: products,
      name: 'Единица измерения',
      type: 'text',
      code: 'UNIT',
      sort: 50,
      isPredefined: true,
    }),
    productKey: book.add({
      owner: products,
      name: 'Внешний ID',
      type: 'text',
      code: 'EXTERNAL_ID',
      sort: 60,
      isPredefined: true,
    }),
  };
}
