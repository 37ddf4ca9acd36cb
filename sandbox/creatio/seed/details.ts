import type { Random } from '../../kit/random.js';
import { roundDecimal } from '../values.js';
import type { Planter } from './planter.js';
import { money, type SeedSize } from './seed.js';

/** Everything that hangs on deals, people and companies. */
export function seedDetails(planter: Planter, random: Random, size: SeedSize): void {
  seedLines(planter, random.fork('lines'), size);
  seedOrders(planter, random.fork('orders'), size);
  seedActivities(planter, random.fork('activities'), size);
  seedFeed(planter, random.fork('feed'), size);
  seedFiles(planter, random.fork('files'), size);
  seedTags(planter, random.fork('tags'), size);
}

function seedLines(planter: Planter, random: Random, size: SeedSize): void {
  const { rows } = planter.store.table('Opportunity');
  for (let row = 0; row < size.opportunities && size.products > 0; row += 1) {
    if (random.chance(0.5)) continue;
    const quantity = `${random.int(1, 40)}.00`;
    const price = money(random);
    planter.plant('OpportunityProductInterest', {
      OpportunityId: rows.idOf(row),
      ProductId: planter.any('Product', random),
      Quantity: quantity,
      Price: price,
      Amount: roundDecimal((Number(quantity) * Number(price)).toFixed(4), 2),
    });
    if (random.chance(0.2)) {
      const contact = planter.any('Contact', random);
      planter.plant('OpportunityContact', {
        OpportunityId: rows.idOf(row),
        ContactId: contact,
        RoleId: planter.pick('OppContactRole'),
        IsMainContact: true,
      });
    }
  }
}

function seedOrders(planter: Planter, random: Random, size: SeedSize): void {
  for (let n = 0; n < size.orders; n += 1) {
    const amount = money(random);
    const order = planter.plant('Order', {
      Number: `ORD-${n + 1}`,
      Date: planter.moment(random.int(0, 600)),
      StatusId: planter.pick('OrderStatus'),
      PaymentStatusId: planter.pick('OrderPaymentStatus'),
      AccountId: planter.any('Account', random),
      ContactId: planter.any('Contact', random),
      OpportunityId: planter.any('Opportunity', random),
      OwnerId: planter.owner(),
      CurrencyId: planter.pick('Currency'),
      CurrencyRate: '1.00000000',
      Amount: amount,
      PrimaryAmount: amount,
    });
    for (let line = random.int(1, 3); line > 0 && size.products > 0; line -= 1) {
      const price = money(random);
      planter.plant('OrderProduct', {
        Name: `Line ${line}`,
        OrderId: order,
        ProductId: planter.any('Product', random),
        Quantity: '1.00',
        UnitId: planter.pick('Unit'),
        Price: price,
        Amount: price,
        TotalAmount: price,
        TaxId: planter.pick('Tax'),
      });
    }
  }
}

function seedActivities(planter: Planter, random: Random, size: SeedSize): void {
  const subjects = ['Зателефонувати', 'Spotkanie', 'Întâlnire', 'Подготовить КП', 'Follow up', 'Wysłać ofertę'];
  for (let n = 0; n < size.activities; n += 1) {
    const day = random.int(0, 600);
    const owner = planter.owner();
    planter.plant('Activity', {
      Title: `${random.pick(subjects)} ${n + 1}`,
      StartDate: planter.moment(day),
      DueDate: planter.moment(day + 1),
      TypeId: planter.pick('ActivityType'),
      ActivityCategoryId: planter.pick('ActivityCategory'),
      StatusId: planter.pick('ActivityStatus'),
      PriorityId: planter.pick('ActivityPriority'),
      OwnerId: owner,
      AuthorId: owner,
      ContactId: random.chance(0.7) ? planter.any('Contact', random) : null,
      OpportunityId: random.chance(0.6) ? planter.any('Opportunity', random) : null,
      LeadId: random.chance(0.1) ? planter.any('Lead', random) : null,
      ShowInScheduler: random.chance(0.7),
      DetailedResult: random.chance(0.2) ? random.pick(['Згоден', 'Nie odebrał', 'De revenit', 'Перезвонить']) : null,
    });
  }
}

/** The timeline: messages below deals and people. */
function seedFeed(planter: Planter, random: Random, size: SeedSize): void {
  const { model } = planter.store;
  for (let n = 0; n < Math.ceil(size.opportunities / 10); n += 1) {
    const owner = random.pick(['Opportunity', 'Contact']);
    planter.plant('SocialMessage', {
      EntityId: planter.any(owner, random),
      EntitySchemaUId: model.entity(owner)?.uId ?? null,
      Message: `<p>${random.pick(['Погоджено з керівником', 'Klient prosi o rabat', 'Ofertă trimisă', 'Оплата ожидается', 'Agreed'])} ${n + 1}</p>`,
    });
  }
}

function seedFiles(planter: Planter, random: Random, size: SeedSize): void {
  for (let n = 0; n < Math.ceil(size.opportunities / 50); n += 1) {
    const owner = random.pick(['Opportunity', 'Contact', 'Account', 'Activity']);
    const bytes = random.int(100, 4000);
    planter.plant(`${owner}File`, {
      Name: `${random.pick(['umowa', 'рахунок', 'ofertă', 'акт', 'invoice'])}-${n + 1}.pdf`,
      [`${owner}Id`]: planter.any(owner, random),
      TypeId: planter.value('FileType', 'File'),
      Size: bytes,
      TotalSize: bytes,
      Version: 1,
      Uploaded: true,
    });
  }
}

function seedTags(planter: Planter, random: Random, size: SeedSize): void {
  if (size.opportunities + size.contacts === 0) return;
  for (const owner of ['Contact', 'Account', 'Lead', 'Opportunity']) {
    for (const name of ['VIP', 'ярмарок', 'targi 2025', 'recomandat']) planter.plant(`${owner}Tag`, { Name: name });
    const { rows } = planter.store.table(owner);
    for (let n = 0; n < Math.ceil(rows.nextRow / 20); n += 1) {
      planter.plant(`${owner}InTag`, {
        TagId: planter.any(`${owner}Tag`, random),
        EntityId: planter.any(owner, random),
      });
    }
  }
}
