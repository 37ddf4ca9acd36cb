import { makeOrganisation } from '../../kit/organisations.js';
import { makePerson } from '../../kit/people.js';
import { storedMoment } from '../moments.js';
import { enumIds, FIRST_DAY, LAST_DAY, plant, type Sowing, someId, userOf, ways } from './sowing.js';

/** Whom the portal sells to: companies, contacts and leads. */
export function seedPeople(sow: (name: string) => Sowing): void {
  seedCompanies(sow('companies'));
  seedContacts(sow('contacts'));
  seedLeads(sow('leads'));
}

function seedCompanies(sowing: Sowing): void {
  const { store, random, size } = sowing;
  const regions = enumIds(store, 'UF_CRM_REGIONS');
  for (let row = 0; row < size.companies; row += 1) {
    const firm = makeOrganisation(random, row + 1);
    const isImported = random.chance(0.3);
    plant(sowing, store.companies, {
      title: firm.name,
      typeId: random.pick(['CUSTOMER', 'SUPPLIER', 'PARTNER', 'OTHER']),
      industry: random.pick(['IT', 'MANUFACTURING', 'DELIVERY', 'OTHER']),
      employees: random.pick(['EMPLOYEES_1', 'EMPLOYEES_2', 'EMPLOYEES_3']),
      revenue: random.chance(0.4) ? random.int(1, 9_000_000) : 0,
      currencyId: 'RUB',
      assignedById: userOf(random),
      opened: random.chance(0.8) ? 'Y' : 'N',
      isMyCompany: 'N',
      hasImol: 'N',
      comments: random.chance(0.2) ? 'Ключевой клиент' : null,
      address: random.chance(0.6) ? firm.address.street : null,
      addressCity: firm.address.city,
      addressPostalCode: firm.address.zip,
      addressCountry: firm.address.country,
      originatorId: isImported ? '1C' : null,
      originId: isImported ? `${row + 1}-${firm.taxId}` : null,
      ...ways(store, { PHONE: firm.phones, EMAIL: [firm.email], WEB: [firm.website] }),
      UF_CRM_TAX_ID: firm.taxId,
      UF_CRM_REGIONS: random.chance(0.3) ? [random.pick(regions)] : null,
      UF_CRM_CURATOR: random.chance(0.4) ? userOf(random) : null,
    });
  }
}

function seedContacts(sowing: Sowing): void {
  const { store, random, size } = sowing;
  const segments = enumIds(store, 'UF_CRM_64D5D3D5C6D1B');
  for (let row = 0; row < size.contacts; row += 1) {
    const person = makePerson(random, row + 1);
    const companyId = someId(random, store.companies, 0.8);
    const isImported = random.chance(0.3);
    plant(sowing, store.contacts, {
      name: person.firstName,
      secondName: random.chance(0.1) ? person.firstName : null,
      lastName: random.chance(0.04) ? null : person.lastName,
      post: person.position,
      birthdate: random.chance(0.4) ? person.birthday : null,
      typeId: random.pick(['CLIENT', 'SUPPLIER', 'PARTNER', 'OTHER']),
      sourceId: random.pick(['CALL', 'WEB', 'TRADE_SHOW', 'RECOMMENDATION']),
      assignedById: userOf(random),
      opened: 'Y',
      export: random.chance(0.2) ? 'Y' : 'N',
      hasImol: 'N',
      // The same nothing is 0 or absent, as on a real portal.
      companyId: companyId ?? (row % 2 === 0 ? 0 : null),
      companyIds: companyId === null ? null : [companyId],
      address: random.chance(0.3) ? person.address.street : null,
      addressCity: person.address.city,
      originatorId: isImported ? 'OLD_CRM' : null,
      originId: isImported ? `p-${row + 1}` : null,
      ...ways(store, { PHONE: person.phones, EMAIL: person.emails }),
      UF_CRM_CONSENT_AT: random.chance(0.5) ? storedMoment(random.int(FIRST_DAY, LAST_DAY)) : null,
      UF_CRM_64D5D3D5C6D1B: random.chance(0.7) ? random.pick(segments) : null,
    });
  }
}

function seedLeads(sowing: Sowing): void {
  const { store, random, size } = sowing;
  for (let row = 0; row < size.leads; row += 1) {
    const person = makePerson(random, row + 1_000_001);
    const stageId = random.pick(['NEW', 'IN_PROCESS', 'PROCESSED', 'CONVERTED', 'JUNK']);
    const semantics = stageId === 'CONVERTED' ? 'S' : stageId === 'JUNK' ? 'F' : 'P';
    plant(sowing, store.leads, {
      title: `${random.pick(['Заявка', 'Zapytanie', 'Cerere', 'Запит', 'Inquiry'])} ${row + 1}`,
      name: random.chance(0.9) ? person.firstName : '',
      lastName: random.chance(0.8) ? person.lastName : null,
      companyTitle: random.chance(0.3) ? makeOrganisation(random, row + 1).name : null,
      stageId,
      stageSemanticId: semantics,
      dateClosed: semantics === 'P' ? null : storedMoment(random.int(FIRST_DAY, LAST_DAY)),
      opportunity: random.int(0, 500_000),
      currencyId: random.pick(['RUB', 'PLN', 'UAH', 'RON', 'EUR']),
      isManualOpportunity: 'Y',
      sourceId: random.pick(['CALL', 'WEB', 'EMAIL', 'ADVERTISING']),
      assignedById: userOf(random),
      opened: 'Y',
      hasImol: 'N',
      isReturnCustomer: 'N',
      utmSource: random.chance(0.3) ? random.pick(['google', 'yandex']) : null,
      ...ways(store, { PHONE: person.phones, EMAIL: person.emails.slice(0, 1) }),
      UF_CRM_SCORE: random.chance(0.6) ? random.int(0, 100) : null,
      UF_CRM_TAGS: random.chance(0.3) ? [random.pick(['важный', 'pilne', 'urgent']), 'B2B'] : null,
    });
  }
}
