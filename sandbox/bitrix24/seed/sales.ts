import { storedMoment } from '../moments.js';
import { PRODUCT_CATALOG } from '../store.js';
import { enumIds, FIRST_DAY, LAST_DAY, plant, type Sowing, someId, userOf } from './sowing.js';

/** What the portal sells, and what comes of it: products, deals with their lines, and deliveries. */
export function seedSales(sow: (name: string) => Sowing): void {
  seedProducts(sow('products'));
  seedDeals(sow('deals'));
  seedItems(sow('items'));
}

function seedProducts(sowing: Sowing): void {
  const { store, random, size } = sowing;
  for (let row = 0; row < size.products; row += 1) {
    plant(sowing, store.products, {
      iblockId: PRODUCT_CATALOG,
      name: `${random.pick(['Насос', 'Śruba', 'Șurub', 'Кабель', 'Панель', 'Żarówka'])} ${row + 1}`,
      active: random.chance(0.95) ? 'Y' : 'N',
      code: `item-${row + 1}`,
      xmlId: String(10_000 + row),
      price: random.int(100, 999_999) / 100,
      currencyId: 'RUB',
      vatId: 1,
      vatIncluded: 'Y',
      measure: 5,
      sort: 500,
      available: 'Y',
      bundle: 'N',
      canBuyZero: 'Y',
      quantity: random.int(0, 500),
      quantityReserved: 0,
      quantityTrace: 'N',
      detailTextType: 'text',
      type: 1,
      property258: random.chance(0.5)
        ? { value: random.pick(['Grundfos', 'Śnieżka', 'Рубин']), valueId: String(row) }
        : null,
    });
  }
}

function seedDeals(sowing: Sowing): void {
  const { store, random, size } = sowing;
  const channels = enumIds(store, 'UF_CRM_1724077760');
  for (let row = 0; row < size.deals; row += 1) {
    const categoryId = random.pick([0, 0, 0, 1, 9]);
    const stage = random.pick(['NEW', 'PREPARATION', 'EXECUTING', 'WON', 'LOSE']);
    const semantics = stage === 'WON' ? 'S' : stage === 'LOSE' ? 'F' : 'P';
    const contactId = someId(random, store.contacts, 0.85);
    const second = someId(random, store.contacts, 0.1);
    const companyId = someId(random, store.companies, 0.7);
    const hasRows = store.products.table.count > 0 && random.chance(0.2);
    const opportunity = hasRows ? 0 : random.int(0, random.chance(0.02) ? 999_999_999 : 900_000) / 4;
    const isImported = random.chance(0.2);
    const id = store.deals.table.idOf(store.deals.table.nextRow);
    const sum = hasRows ? seedRows(sowing, id) : opportunity;
    plant(sowing, store.deals, {
      title: `${random.pick(['Поставка', 'Dostawa', 'Livrare', 'Постачання', 'Delivery'])} ${row + 1}`,
      typeId: random.pick(['SALE', 'COMPLEX', 'SERVICES']),
      categoryId,
      stageId: categoryId === 0 ? stage : `C${categoryId}:${stage}`,
      stageSemanticId: semantics,
      closed: semantics === 'P' ? 'N' : 'Y',
      isNew: stage === 'NEW' ? 'Y' : 'N',
      isRecurring: 'N',
      isReturnCustomer: random.chance(0.2) ? 'Y' : 'N',
      isRepeatedApproach: 'N',
      probability: random.chance(0.5) ? random.int(0, 20) * 5 : null,
      opportunity: Math.round(sum * 100) / 100,
      isManualOpportunity: hasRows ? 'N' : 'Y',
      taxValue: 0,
      currencyId: random.pick(['RUB', 'RUB', 'PLN', 'UAH', 'RON', 'EUR', 'USD']),
      companyId: companyId ?? (row % 2 === 0 ? 0 : null),
      contactId: contactId ?? (row % 2 === 0 ? null : 0),
      contactIds:
        contactId === null ? null : second === null || second === contactId ? [contactId] : [contactId, second],
      begindate: '2025-01-15',
      closedate: `2026-0${random.int(1, 9)}-1${random.int(0, 9)}`,
      assignedById: userOf(random),
      opened: 'Y',
      comments: random.chance(0.2) ? '[B]Важно[/B]: zadzwonić rano' : null,
      sourceId: random.pick(['CALL', 'WEB', 'PARTNER', 'OTHER']),
      originatorId: isImported ? 'OLD_CRM' : null,
      originId: isImported ? `d-${row + 1}` : null,
      movedBy: userOf(random),
      movedTime: storedMoment(random.int(FIRST_DAY, LAST_DAY)),
      UF_CRM_1721244482250: random.chance(0.5) ? `№ ${row + 1}/25` : null,
      UF_CRM_MARGIN: random.chance(0.4) ? random.int(0, 1000) / 10 : null,
      UF_CRM_1724077760: random.chance(0.6) ? random.pick(channels) : null,
      UF_CRM_DELIVERY_ON: random.chance(0.3) ? '2026-03-08' : null,
      UF_CRM_BUDGET: random.chance(0.3) ? `${random.int(1, 9999)}.50|PLN` : null,
      UF_CRM_URGENT: random.chance(0.5) ? (random.chance(0.3) ? 'Y' : 'N') : null,
      UF_CRM_CONTRACT:
        row < 5000 && random.chance(0.02)
          ? store.files.add(`договір ${row + 1}.pdf`, Buffer.from(`%PDF-1.4 contract ${row + 1}`), LAST_DAY, 1).id
          : null,
    });
  }
}

/** One to three lines of a deal, each of another product; gives their sum. */
function seedRows(sowing: Sowing, ownerId: string): number {
  const { store, random } = sowing;
  const products = store.products.table.nextRow;
  const used = new Set<number>();
  let sum = 0;
  const count = Math.min(products, random.int(1, 3));
  for (let line = 0; line < count; line += 1) {
    const row = freshRow(random.int(0, products - 1), products, used);
    const product = store.products.table.record(row);
    const price = Number(product.price ?? 1);
    const quantity = random.int(1, 20);
    sum += price * quantity;
    plant({ ...sowing, dirty: 0 }, store.productRows, {
      ownerId: Number(ownerId),
      ownerType: 'D',
      owner: `D_${ownerId}`,
      productId: Number(product.id),
      productName: String(product.name),
      price,
      priceAccount: price,
      priceExclusive: price,
      priceNetto: price,
      priceBrutto: price,
      quantity,
      discountTypeId: 2,
      discountRate: 0,
      discountSum: 0,
      taxIncluded: 'N',
      customized: 'Y',
      measureCode: 796,
      measureName: 'шт',
      sort: (line + 1) * 10,
      xmlId: '',
      type: 1,
    });
  }
  return sum;
}

/** The drawn product, or the next one that the deal does not have yet. */
function freshRow(drawn: number, products: number, used: Set<number>): number {
  let row = drawn;
  while (used.has(row)) row = (row + 1) % products;
  used.add(row);
  return row;
}

function seedItems(sowing: Sowing): void {
  const { store, random, size } = sowing;
  const delivery = store.item(177);
  if (delivery === undefined) return;
  const carriers = enumIds(store, 'UF_CRM_2_CARRIER');
  for (let row = 0; row < size.items; row += 1) {
    const stage = random.pick(['NEW', 'PREPARATION', 'CLIENT', 'SUCCESS', 'FAIL']);
    const companyId = someId(random, store.companies, 0.6);
    plant(sowing, delivery, {
      title: `${random.pick(['Доставка', 'Przesyłka', 'Відправлення'])} ${row + 1}`,
      xmlId: random.chance(0.5) ? `wh-${row + 1}` : null,
      categoryId: 15,
      stageId: `DT177_15:${stage}`,
      assignedById: userOf(random),
      opened: 'Y',
      companyId: companyId ?? 0,
      parentId2: someId(random, store.deals, 0.7),
      opportunity: random.int(0, 90_000) / 10,
      isManualOpportunity: 'N',
      currencyId: 'PLN',
      taxValue: 0,
      begindate: '2025-02-01',
      UF_CRM_2_1639669411830: random.chance(0.8) ? random.int(1, 9000) / 10 : null,
      UF_CRM_2_CARRIER: random.pick(carriers),
    });
  }
}
