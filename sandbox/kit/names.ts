/** What people and places are called in one language; every list is written in its own alphabet. */
export interface Culture {
  readonly code: 'pl' | 'ro' | 'uk' | 'ru' | 'en';
  readonly country: string;
  readonly callingCode: string;
  readonly women: readonly string[];
  readonly men: readonly string[];
  /** Family names, as [woman's form, man's form]. */
  readonly families: readonly (readonly [string, string])[];
  readonly cities: readonly string[];
  readonly streets: readonly string[];
  readonly positions: readonly string[];
  readonly mailHosts: readonly string[];
}

const same = (text: string): [string, string][] => text.split(' ').map((name) => [name, name]);
const pairs = (text: string): [string, string][] =>
  text.split(' ').map((pair) => {
    const [man = '', woman = man] = pair.split('/');
    return [woman, man];
  });

export const cultures: readonly Culture[] = [
  {
    code: 'pl',
    country: 'PL',
    callingCode: '48',
    women: 'Anna Maria Katarzyna Małgorzata Agnieszka Barbara Ewa Elżbieta Zofia Łucja Żaneta Joanna Świętosława'.split(
      ' ',
    ),
    men: 'Jan Andrzej Piotr Krzysztof Stanisław Tomasz Paweł Marcin Michał Łukasz Grzegorz Wojciech Zdzisław'.split(
      ' ',
    ),
    families: pairs(
      'Nowak Kowalski/Kowalska Wiśniewski/Wiśniewska Wójcik Kowalczyk Kamiński/Kamińska Lewandowski/Lewandowska Zieliński/Zielińska Szymański/Szymańska Woźniak Dąbrowski/Dąbrowska Kozłowski/Kozłowska Jankowski/Jankowska Gołąb Żak Brzęczyszczykiewicz',
    ),
    cities: 'Warszawa Kraków Łódź Wrocław Poznań Gdańsk Szczecin Bydgoszcz Lublin Białystok'.split(' '),
    streets: ['ul. Długa', 'ul. Świętokrzyska', 'al. Jerozolimskie', 'ul. Piękna', 'ul. Źródlana', 'pl. Wolności'],
    positions: ['dyrektor', 'księgowa', 'kierownik sprzedaży', 'właściciel', 'specjalista ds. zakupów'],
    mailHosts: ['poczta.example.pl', 'firma.example.pl', 'biuro.example.com'],
  },
  {
    code: 'ro',
    country: 'RO',
    callingCode: '40',
    women: 'Maria Elena Ioana Andreea Mihaela Ștefania Cristina Daniela Alexandra Țuța Ana'.split(' '),
    men: 'Andrei Ion Mihai Alexandru Ștefan Gheorghe Cătălin Răzvan Bogdan Vlăduț Nicolae'.split(' '),
    families: same(
      'Popescu Ionescu Popa Dumitrescu Stan Stoica Gheorghe Rusu Munteanu Matei Constantinescu Țăranu Șerban Brâncuși Crăciun',
    ),
    cities: 'București Cluj-Napoca Timișoara Iași Constanța Brașov Galați Ploiești Oradea'.split(' '),
    streets: ['Str. Florilor', 'Bd. Unirii', 'Calea Victoriei', 'Str. Mihai Eminescu', 'Șos. Ștefan cel Mare'],
    positions: ['director', 'contabil-șef', 'manager vânzări', 'administrator', 'achiziții'],
    mailHosts: ['posta.example.ro', 'firma.example.ro', 'birou.example.com'],
  },
  {
    code: 'uk',
    country: 'UA',
    callingCode: '380',
    women: "Олена Ірина Наталія Оксана Юлія Соломія В'ячеслава Ганна Катерина Леся Марія Зоряна".split(' '),
    men: "Олександр Андрій Сергій Володимир Іван Тарас Юрій Євген В'ячеслав Дмитро Ярослав Богдан".split(' '),
    families: pairs(
      'Шевченко Коваленко Бондаренко Ткаченко Кравченко Олійник Мельник Лисенко Гончарук Поліщук Савчук Яценюк Петренко Зінченко Ґудзь Левицький/Левицька',
    ),
    cities: 'Київ Харків Одеса Дніпро Львів Запоріжжя Вінниця Чернівці Івано-Франківськ Тернопіль'.split(' '),
    streets: ['вул. Хрещатик', 'вул. Січових Стрільців', 'просп. Перемоги', 'вул. Лесі Українки', 'пров. Тихий'],
    positions: ['директор', 'головний бухгалтер', 'менеджер з продажу', 'власник', 'фахівець із закупівель'],
    mailHosts: ['poshta.example.ua', 'firma.example.ua', 'ofis.example.com'],
  },
  {
    code: 'ru',
    country: 'RU',
    callingCode: '7',
    women: 'Елена Ольга Наталья Татьяна Ирина Светлана Анастасия Юлия Алёна Ксения Любовь Екатерина'.split(' '),
    men: 'Александр Сергей Дмитрий Алексей Андрей Иван Михаил Фёдор Юрий Пётр Вячеслав Роман'.split(' '),
    families: pairs(
      'Иванов/Иванова Смирнов/Смирнова Кузнецов/Кузнецова Попов/Попова Васильев/Васильева Петров/Петрова Соколов/Соколова Семёнов/Семёнова Щербаков/Щербакова Воробьёв/Воробьёва Жуковский/Жуковская Ёлкин/Ёлкина Черных Объедков/Объедкова',
    ),
    cities: 'Москва Санкт-Петербург Новосибирск Екатеринбург Казань Самара Омск Челябинск Ростов-на-Дону'.split(' '),
    streets: ['ул. Ленина', 'Невский просп.', 'ул. Гагарина', 'наб. реки Мойки', 'пер. Щёлковский'],
    positions: ['директор', 'главный бухгалтер', 'менеджер по продажам', 'владелец', 'начальник отдела снабжения'],
    mailHosts: ['pochta.example.ru', 'firma.example.ru', 'ofis.example.com'],
  },
  {
    code: 'en',
    country: 'GB',
    callingCode: '44',
    women: 'Emily Olivia Grace Charlotte Amelia Zoë Siobhán Hannah Isla Sophie'.split(' '),
    men: "James Oliver William Thomas Henry Zac D'Arcy George Seán Edward".split(' '),
    families: same("Smith Jones Taylor Brown O'Neill Williams MacDonald Evans Wright Walker St-John Brontë"),
    cities: 'London Manchester Leeds Bristol Edinburgh Cardiff Newcastle'.split(' '),
    streets: ['High Street', 'Station Road', "St. James's Place", 'Church Lane', 'Victoria Road'],
    positions: ['managing director', 'accountant', 'sales manager', 'owner', 'buyer'],
    mailHosts: ['mail.example.co.uk', 'company.example.com', 'office.example.org'],
  },
];

const CYRILLIC: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  ґ: 'g',
  д: 'd',
  е: 'e',
  ё: 'e',
  є: 'ye',
  ж: 'zh',
  з: 'z',
  и: 'i',
  і: 'i',
  ї: 'yi',
  й: 'y',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ъ: '',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'yu',
  я: 'ya',
  ł: 'l',
};

const latinOf = new Map<string, string>();

/** A name in plain lower-case Latin letters, as it stands in an e-mail address. */
export function latin(name: string): string {
  let text = latinOf.get(name);
  if (text === undefined) {
    text = [...name.toLowerCase()]
      .map((letter) => CYRILLIC[letter] ?? letter)
      .join('')
      .normalize('NFD')
      .replace(/[^a-z0-9]/g, '');
    latinOf.set(name, text);
  }
  return text;
}
