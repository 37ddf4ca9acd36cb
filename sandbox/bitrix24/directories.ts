/** One value of a directory (`crm.status.*`). */
export interface Status {
  readonly id: number;
  readonly entityId: string;
  readonly statusId: string;
  name: string;
  sort: number;
  readonly isSystem: boolean;
  readonly categoryId: number | null;
  color: string;
  /** P in progress, S success, F failure; null for a value that is no stage. */
  readonly semantics: 'P' | 'S' | 'F' | null;
}

/** A pipeline. */
export interface Category {
  readonly id: number;
  readonly entityTypeId: number;
  name: string;
  sort: number;
  readonly isDefault: boolean;
}

/** A smart process. */
export interface SmartProcess {
  readonly id: number;
  readonly entityTypeId: number;
  title: string;
  readonly createdAt: string;
}

/** A colleague. */
export interface User {
  readonly id: number;
  readonly name: string;
  readonly lastName: string;
  readonly email: string;
  readonly active: boolean;
  readonly isAdmin: boolean;
  readonly isExtranet: boolean;
  readonly position: string;
  readonly phone: string;
}

const USERS: readonly [string, string, string, string][] = [
  ['Анна', 'Соколова', 'администратор', 'admin'],
  ['Piotr', 'Żuławski', 'kierownik sprzedaży', ''],
  ['Олена', 'Мельник', 'менеджер з продажу', ''],
  ['Andrei', 'Popescu', 'manager vânzări', ''],
  ['Иван', 'Щербаков', 'менеджер по продажам', ''],
  ['Grace', "O'Neill", 'account manager', ''],
  ['Łucja', 'Wiśniewska', 'specjalista ds. zakupów', ''],
  ['Тарас', 'Ґудзь', 'менеджер з продажу', ''],
  ['Ștefania', 'Țăranu', 'contabil-șef', ''],
  ['Пётр', 'Воробьёв', 'уволен', 'inactive'],
  ['Ксения', 'Ёлкина', 'подрядчик', 'extranet'],
];

/** The people of the portal: number 1 administers, 10 has left, 11 is a guest of the extranet. */
export const users: readonly User[] = USERS.map(([name, lastName, position, kind], index) => ({
  id: index + 1,
  name,
  lastName,
  position,
  email: `user${index + 1}@sandbox.example.com`,
  phone: `+7 495 000 0${index + 1}`,
  active: kind !== 'inactive',
  isAdmin: kind === 'admin',
  isExtranet: kind === 'extranet',
}));

export const currencies = [
  ['RUB', 'Российский рубль', '# &#8381;', 'Y', '1.0000'],
  ['USD', 'US Dollar', '$#', 'N', '92.5000'],
  ['EUR', 'Euro', '# &euro;', 'N', '100.2000'],
  ['PLN', 'Polski złoty', '# zł', 'N', '23.4000'],
  ['UAH', 'Українська гривня', '# грн.', 'N', '2.2400'],
  ['RON', 'Leu românesc', '# lei', 'N', '20.1000'],
] as const;

export const currencyCodes: ReadonlySet<string> = new Set(currencies.map(([code]) => code));

type Line = readonly [id: string, name: string, semantics?: 'P' | 'S' | 'F'];

const dealStages: readonly Line[] = [
  ['NEW', 'Новая', 'P'],
  ['PREPARATION', 'Подготовка документов', 'P'],
  ['PREPAYMENT_INVOICE', 'Счёт на предоплату', 'P'],
  ['EXECUTING', 'В работе', 'P'],
  ['FINAL_INVOICE', 'Финальный счёт', 'P'],
  ['WON', 'Сделка успешна', 'S'],
  ['LOSE', 'Сделка провалена', 'F'],
  ['APOLOGY', 'Анализ причины провала', 'F'],
];

const processStages: readonly Line[] = [
  ['NEW', 'Начало', 'P'],
  ['PREPARATION', 'Подготовка', 'P'],
  ['CLIENT', 'Согласование', 'P'],
  ['SUCCESS', 'Успех', 'S'],
  ['FAIL', 'Провал', 'F'],
];

/** Stages of a new pipeline of deals. */
export const stagesOfCategory = (id: number): Line[] =>
  dealStages.slice(0, 7).map(([status, name, semantics]) => [`C${id}:${status}`, name, semantics]);

/** Stages of a smart process or of invoices: the prefix carries type and pipeline. */
export const stagesOfProcess = (entityTypeId: number, categoryId: number): Line[] =>
  processStages.map(([status, name, semantics]) => [`DT${entityTypeId}_${categoryId}:${status}`, name, semantics]);

const plain = (text: string): Line[] =>
  text.split(', ').map((pair) => {
    const [id = '', name = ''] = pair.split('=');
    return [id, name];
  });

/** Every directory that a portal has from the beginning. */
export const firstDirectories: readonly (readonly [entityId: string, name: string, lines: readonly Line[]])[] = [
  [
    'STATUS',
    'Lead stages',
    [
      ['NEW', 'Не обработан', 'P'],
      ['IN_PROCESS', 'В работе', 'P'],
      ['PROCESSED', 'Обработан', 'P'],
      ['CONVERTED', 'Качественный лид', 'S'],
      ['JUNK', 'Некачественный лид', 'F'],
    ],
  ],
  [
    'SOURCE',
    'Sources',
    plain(
      'CALL=Звонок, EMAIL=E-Mail, WEB=Веб-сайт, ADVERTISING=Реклама, PARTNER=Существующий клиент, RECOMMENDATION=По рекомендации, TRADE_SHOW=Выставка, WEBFORM=CRM-форма, CALLBACK=Обратный звонок, OTHER=Другое',
    ),
  ],
  ['CONTACT_TYPE', 'Contact type', plain('CLIENT=Клиенты, SUPPLIER=Поставщики, PARTNER=Партнёры, OTHER=Другое')],
  [
    'COMPANY_TYPE',
    'Company type',
    plain('CUSTOMER=Клиент, SUPPLIER=Поставщик, COMPETITOR=Конкурент, PARTNER=Партнёр, OTHER=Другое'),
  ],
  [
    'EMPLOYEES',
    'Number of employees',
    plain('EMPLOYEES_1=менее 50, EMPLOYEES_2=50-250, EMPLOYEES_3=250-500, EMPLOYEES_4=более 500'),
  ],
  [
    'INDUSTRY',
    'Industry',
    plain(
      'IT=Информационные технологии, TELECOM=Телекоммуникации, MANUFACTURING=Производство, BANKING=Банки, CONSULTING=Консалтинг, FINANCE=Финансы, GOVERNMENT=Правительство, DELIVERY=Доставка, ENTERTAINMENT=Развлечения, NOTPROFIT=Не для получения прибыли, OTHER=Другое',
    ),
  ],
  [
    'DEAL_TYPE',
    'Deal type',
    plain(
      'SALE=Продажа, COMPLEX=Комплексная продажа, GOODS=Продажа товара, SERVICES=Услуги, SERVICE=Сервисное обслуживание',
    ),
  ],
  ['HONORIFIC', 'Salutations', plain('HNR_RU_1=г-н, HNR_RU_2=г-жа')],
  [
    'QUOTE_STATUS',
    'Estimate stages',
    [
      ['DRAFT', 'Новое', 'P'],
      ['SENT', 'Отправлено клиенту', 'P'],
      ['APPROVED', 'Принято', 'S'],
      ['DECLAINED', 'Отклонено', 'F'],
    ],
  ],
  ['DEAL_STAGE', 'Deal stages', dealStages],
];

/** The pipelines of a fresh portal beside the one numbered 0. */
export const firstCategories: readonly { readonly id: number; readonly name: string }[] = [
  { id: 1, name: 'Опт' },
  { id: 9, name: 'Serwis' },
];

/** The smart processes of a fresh portal. */
export const firstProcesses: readonly (Omit<SmartProcess, 'createdAt'> & { readonly categories: readonly number[] })[] =
  [
    { id: 2, entityTypeId: 177, title: 'Доставка', categories: [15] },
    { id: 5, entityTypeId: 1036, title: 'Gwarancje', categories: [23, 25] },
  ];

const COLORS = ['#39A8EF', '#2FC6F6', '#55D0E0', '#47E4C2', '#FFA900', '#7BD500', '#FF5752'];

export const colorOf = (index: number): string => COLORS[index % COLORS.length] ?? '#39A8EF';

export type { Line as DirectoryLine };
