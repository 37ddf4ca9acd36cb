/** Words that mean the same field, in the languages and systems that people bring; each line is one meaning. */
const meanings: readonly (readonly [meaning: string, words: string])[] = [
  [
    'name',
    'name title caption наименование название назва найменування nazwa nume denumire fullname имя ім’я имяцеликом',
  ],
  ['firstname', 'firstname givenname forename имя ім’я imię imie prenume'],
  ['lastname', 'lastname surname familyname secondname фамилия прізвище nazwisko numedefamilie'],
  ['middlename', 'middlename patronymic отчество по-батькові drugieimię'],
  [
    'phone',
    'phone phones phonenumber tel telephone mobile mobilephone mainphone cell телефон телефоны мобильный телефони мобільний telefon telefony numertelefonu număr',
  ],
  [
    'email',
    'email emails mail e-mail emailaddress mainemail почта электроннаяпочта пошта електроннапошта adrese-mail poczta',
  ],
  [
    'amount',
    'amount sum price total opportunity budget cost сумма цена бюджет стоимость сума ціна вартість kwota cena suma preț pret',
  ],
  ['currency', 'currency currencyid currencycode валюта waluta moneda monedă'],
  ['company', 'company companyid organisation organization компания компанія firma companie організація'],
  ['contact', 'contact contactid контакт kontakt'],
  ['stage', 'stage stageid status statusid step этап стадия статус етап стадія etap etapă stare'],
  [
    'owner',
    'owner ownerid responsible responsibleuser responsibleuserid assignedby assignedbyid manager ответственный відповідальний odpowiedzialny responsabil',
  ],
  [
    'comment',
    'comment comments note notes description remarks комментарий примечание описание коментар опис komentarz opis uwagi comentariu descriere notă',
  ],
  ['address', 'address adress streetaddress адрес адреса adres adresă'],
  ['city', 'city town город місто miasto oraș oras'],
  ['zip', 'zip zipcode postalcode postcode индекс індекс kodpocztowy codpoștal'],
  ['street', 'street addressline улица вулиця ulica strada'],
  ['country', 'country countrycode страна країна kraj țară tara'],
  ['website', 'website web site url homepage www сайт вебсайт strona site-web'],
  [
    'birthday',
    'birthday birthdate dateofbirth деньрождения датарождения день-народження data-urodzenia dataurodzenia datanașterii',
  ],
  ['taxid', 'taxid taxnumber vat vatnumber vatid inn nip edrpou cui инн іпн едрпоу codfiscal'],
  ['position', 'position post jobtitle job role должность посада stanowisko funcție'],
  ['industry', 'industry branch sector отрасль сфера галузь branża industrie'],
  ['source', 'source sourceid origin источник джерело źródło sursă'],
  ['created', 'created createdat datecreate createdon creationdate создано дата-создания створено utworzono creat'],
  ['updated', 'updated updatedat changed datemodify modified modifiedon изменено змінено zmieniono modificat'],
  [
    'closes',
    'closeson closedate closingdate expectedclose duedate deadline срок датазакрытия terminzamknięcia dataînchiderii',
  ],
];

/** A name without case, signs and accents: `E-mail address` and `EMAIL_ADDRESS` are one. */
export function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

const meaningOf = new Map<string, readonly string[]>();
for (const [meaning, words] of meanings) {
  for (const word of words.split(' ')) {
    const known = meaningOf.get(plain(word)) ?? [];
    meaningOf.set(plain(word), [...known, meaning]);
  }
}

/** Meanings of a whole name or caption; empty where none is known. */
export function meaningsOf(text: string): readonly string[] {
  return meaningOf.get(plain(text)) ?? [];
}

/** Meanings of the last word of a name: `custom.phone` and `UF_CRM_PHONE` end in what they mean. */
export function lastMeaningsOf(text: string): readonly string[] {
  const last = text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .at(-1);
  return last === undefined || last === text ? [] : meaningsOf(last);
}
