import { makeOrganisation } from '../../kit/organisations.js';
import { makePerson, type Person } from '../../kit/people.js';
import type { Random } from '../../kit/random.js';
import type { CreatioUser } from '../auth/users.js';
import type { CreatioStore } from '../store.js';
import { flatColumns } from '../writing/communications.js';
import { seedCommunications } from './communications.js';
import { seedDetails } from './details.js';
import { Planter } from './planter.js';

/** How many records to begin with. */
export interface SeedSize {
  readonly opportunities: number;
  readonly leads: number;
  readonly contacts: number;
  readonly accounts: number;
  readonly products: number;
  readonly activities: number;
  readonly orders: number;
}

/** What a plain number means: so many deals, the others in proportion. */
export function sizeOf(records: number | Partial<SeedSize> | undefined): SeedSize {
  const deals = typeof records === 'number' ? records : 0;
  const share = (part: number) => Math.ceil(deals * part);
  return {
    opportunities: deals,
    leads: share(1 / 3),
    contacts: share(1 / 2),
    accounts: share(1 / 5),
    products: Math.min(200, share(1 / 10)),
    activities: share(1 / 2),
    orders: share(1 / 10),
    ...(typeof records === 'object' ? records : {}),
  };
}

/** Fills an empty store. Everything follows from the seed; `dirty` is the share of people with a broken value. */
export function seedStore(
  store: CreatioStore,
  users: readonly CreatioUser[],
  random: Random,
  size: SeedSize,
  dirty = 0,
): void {
  const planter = new Planter(store, users, random.fork('moments'));
  seedUsers(planter, users);
  seedAccounts(planter, random.fork('accounts'), size);
  seedContacts(planter, random.fork('contacts'), size, dirty);
  seedProducts(planter, random.fork('products'), size);
  seedOpportunities(planter, random.fork('opportunities'), size);
  seedLeads(planter, random.fork('leads'), size, dirty);
  seedDetails(planter, random.fork('details'), size);
  for (const table of store.tables) table.rows.orderChangesByMoment();
}

function seedUsers(planter: Planter, users: readonly CreatioUser[]): void {
  for (const { contactId, email, fullName, id, name } of users) {
    const type = planter.value('ContactType', 'Employee');
    planter.plantSystem('Contact', { Id: contactId, Name: fullName, TypeId: type, Email: email });
    planter.plantSystem('ContactCommunication', {
      ContactId: contactId,
      CommunicationTypeId: flatColumns.Contact.Email ?? null,
      Number: email,
      IsPrimary: true,
    });
    planter.plantSystem('SysAdminUnit', {
      Id: id,
      Name: name,
      ContactId: contactId,
      Active: true,
      SysAdminUnitTypeValue: 4,
    });
  }
  for (const entity of planter.store.model.entities.values()) {
    planter.plantSystem('SysSchema', {
      UId: entity.uId,
      Name: entity.name,
      Caption: entity.caption,
      ManagerName: 'EntitySchemaManager',
    });
  }
}

function seedAccounts(planter: Planter, random: Random, size: SeedSize): void {
  for (let n = 0; n < size.accounts; n += 1) {
    const firm = makeOrganisation(random, n + 1);
    // Any other company may be the parent, so some parents come later in a full read.
    const parent = random.chance(0.15) ? random.int(0, size.accounts - 1) : n;
    const id = planter.plant('Account', {
      Name: firm.name,
      Code: random.chance(0.5) ? `A-${n + 1}` : null,
      OwnerId: planter.owner(),
      ParentId: parent === n ? null : planter.idAt('Account', parent, n),
      TypeId: planter.pick('AccountType'),
      IndustryId: planter.value('AccountIndustry', firm.industry),
      AccountCategoryId: random.chance(0.6) ? planter.pick('AccountCategory') : null,
      EmployeesNumberId: random.chance(0.4) ? planter.pick('AccountEmployeesNumber') : null,
      Phone: firm.phones[0] ?? null,
      Web: firm.website,
      Address: firm.address.street,
      CityId: planter.value('City', firm.address.city),
      Zip: firm.address.zip,
      UsrTaxCode: firm.taxId,
      UsrSegment: random.pick(['A', 'B', 'C']),
    });
    seedCommunications(planter, 'Account', id, { phones: firm.phones, emails: [firm.email], web: firm.website });
  }
}

function seedContacts(planter: Planter, random: Random, size: SeedSize, dirty: number): void {
  for (let n = 0; n < size.contacts; n += 1) {
    const person = makePerson(random, n + 1);
    const id = planter.plant('Contact', {
      Name: `${person.lastName} ${person.firstName}`,
      Surname: person.lastName,
      GivenName: person.firstName,
      AccountId: random.chance(0.8) ? planter.any('Account', random) : null,
      TypeId: planter.pick('ContactType'),
      OwnerId: planter.owner(),
      JobTitle: person.position,
      BirthDate: random.chance(0.5) ? `${person.birthday}T00:00:00.0000000Z` : null,
      GenderId: random.chance(0.6) ? planter.pick('Gender') : null,
      MobilePhone: person.phones[0] ?? null,
      Phone: person.phones[1] ?? null,
      Email: random.chance(dirty) ? 'two@@example.com' : (person.emails[0] ?? null),
      Address: random.chance(0.7) ? person.address.street : null,
      CityId: planter.value('City', person.address.city),
      Zip: person.address.zip,
      DoNotUseEmail: random.chance(0.05),
      UsrScore: random.chance(0.7) ? `${random.int(1, 99)}.50` : null,
      UsrColorId: random.chance(0.3) ? planter.pick('UsrColor') : null,
    });
    seedCommunications(planter, 'Contact', id, person);
  }
}

function seedProducts(planter: Planter, random: Random, size: SeedSize): void {
  for (let n = 0; n < size.products; n += 1) {
    planter.plant('Product', {
      Name: `${random.pick(['Насос', 'Filtr', 'Pompă', 'Кабель', 'Licence', 'Usługa serwisowa'])} ${n + 1}`,
      Code: `P-${String(n + 1).padStart(5, '0')}`,
      CategoryId: planter.pick('ProductCategory'),
      TypeId: planter.pick('ProductType'),
      UnitId: planter.pick('Unit'),
      Price: money(random),
      CurrencyId: planter.pick('Currency'),
      TaxId: planter.pick('Tax'),
      Active: random.chance(0.95),
      OwnerId: planter.owner(),
    });
  }
}

function seedOpportunities(planter: Planter, random: Random, size: SeedSize): void {
  for (let n = 0; n < size.opportunities; n += 1) {
    planter.plant('Opportunity', {
      Title: `${random.pick(['Dostawa', 'Поставка', 'Livrare', 'Постачання', 'Delivery'])} ${n + 1}`,
      StageId: planter.pick('OpportunityStage'),
      TypeId: planter.pick('OpportunityType'),
      AccountId: random.chance(0.9) ? planter.any('Account', random) : null,
      ContactId: random.chance(0.9) ? planter.any('Contact', random) : null,
      OwnerId: planter.owner(),
      Amount: random.chance(0.93) ? money(random) : null,
      Budget: random.chance(0.5) ? money(random) : null,
      Probability: random.int(0, 20) * 5 || null,
      DueDate: random.chance(0.8) ? planter.moment(random.int(0, 400)) : null,
      SourceId: random.chance(0.5) ? planter.pick('OpportunitySource') : null,
      UsrMargin: `0.${random.digits(8)}`,
      UsrColorId: random.chance(0.2) ? planter.pick('UsrColor') : null,
    });
  }
}

function seedLeads(planter: Planter, random: Random, size: SeedSize, dirty: number): void {
  const need = 'Need for our products';
  const needId = planter.value('LeadType', need);
  for (let n = 0; n < size.leads; n += 1) {
    const person = makePerson(random, 1_000_000 + n);
    const name = `${person.lastName} ${person.firstName}`;
    const isQualified = random.chance(0.3);
    planter.plant('Lead', {
      LeadName: `${need} / ${name}`,
      Contact: name,
      Account: random.chance(0.6) ? makeOrganisation(random, n + 1).name : null,
      LeadTypeId: needId,
      QualifyStatusId: planter.pick('QualifyStatus'),
      RegisterMethodId: planter.pick('LeadRegisterMethod'),
      LeadSourceId: random.chance(0.6) ? planter.pick('LeadSource') : null,
      OwnerId: planter.owner(),
      Email: random.chance(dirty) ? 'not an address' : (person.emails[0] ?? null),
      MobilePhone: phoneOf(person, 0, random, dirty),
      BusinesPhone: phoneOf(person, 1, random, 0),
      Commentary: random.chance(0.4)
        ? random.pick(['Передзвонити', 'Oddzwonić po 15:00', 'A se reveni', 'Call back'])
        : null,
      Budget: random.chance(0.4) ? money(random) : null,
      CountryStr: person.address.country,
      CityStr: person.address.city,
      QualifiedContactId: isQualified ? planter.any('Contact', random) : null,
      OpportunityId: isQualified ? planter.any('Opportunity', random) : null,
    });
  }
}

function phoneOf(person: Person, index: number, random: Random, dirty: number): string | null {
  return random.chance(dirty) ? 'call the secretary, ext. 5' : (person.phones[index] ?? null);
}

export function money(random: Random): string {
  return `${random.chance(0.02) ? random.digits(12) : random.digits(random.int(2, 6))}.${random.digits(2)}`;
}
