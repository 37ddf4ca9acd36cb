import type { JsonObject } from '../../kit/json.js';
import type { EntitySpec } from '../schema/model.js';
import type { CreatioStore } from '../store.js';
import { roundDecimal } from '../values.js';

/** What the platform fills in before a row is saved: changes `fields` in place. `before` is null on a create. */
export function fillComputed(
  store: CreatioStore,
  entity: EntitySpec,
  fields: JsonObject,
  before: JsonObject | null,
): void {
  const rule = RULES[entity.name];
  if (rule !== undefined) rule({ ...before, ...fields }, fields, store, before === null);
}

type Rule = (whole: JsonObject, fields: JsonObject, store: CreatioStore, isCreate: boolean) => void;

const RULES: Readonly<Record<string, Rule>> = {
  Contact(whole, fields, store, isCreate) {
    const parts = [whole.Surname, whole.GivenName, whole.MiddleName].filter((part) => typeof part === 'string');
    const isRenamed = ['Surname', 'GivenName', 'MiddleName'].some((name) => Object.hasOwn(fields, name));
    if (!Object.hasOwn(fields, 'Name') && isRenamed && parts.length > 0) fields.Name = parts.join(' ');
    if (isCreate && isRenamed === false && typeof fields.Name === 'string') splitName(fields, fields.Name);
    if (typeof whole.BirthDate === 'string') fields.Age = ageOn(whole.BirthDate, store.clock.now());
  },
  Lead(whole, fields, store) {
    const need = typeof whole.LeadTypeId === 'string' ? store.find('LeadType', whole.LeadTypeId)?.Name : undefined;
    const whom = [whole.Contact, whole.Account].filter((part) => typeof part === 'string').join(', ');
    fields.LeadName = [need, whom].filter((part) => typeof part === 'string' && part !== '').join(' / ') || null;
  },
  OpportunityProductInterest: lineAmount,
  OrderProduct(whole, fields) {
    lineAmount(whole, fields);
    const amount = Number(fields.Amount ?? whole.Amount ?? 0);
    const off = (amount * Number(whole.DiscountPercent ?? 0)) / 100;
    if (!Object.hasOwn(fields, 'TotalAmount') && amount > 0)
      fields.TotalAmount = roundDecimal((amount - off + Number(whole.TaxAmount ?? 0)).toFixed(4), 2);
  },
  Order(whole, fields, store, isCreate) {
    if (isCreate && typeof fields.Number !== 'string') fields.Number = `ORD-${store.table('Order').rows.nextRow + 1}`;
    const rate = Number(whole.CurrencyRate ?? 1);
    if (typeof whole.Amount === 'string')
      fields.PrimaryAmount = roundDecimal((Number(whole.Amount) * rate).toFixed(4), 2);
  },
  ContactCommunication: searchNumber,
  AccountCommunication: searchNumber,
};

function lineAmount(whole: JsonObject, fields: JsonObject): void {
  const { Quantity: quantity, Price: price } = whole;
  if (Object.hasOwn(fields, 'Amount') || typeof quantity !== 'string' || typeof price !== 'string') return;
  fields.Amount = roundDecimal((Number(quantity) * Number(price)).toFixed(4), 2);
}

/** Digits backwards, so that a search by the end of a number is a search by a beginning. */
function searchNumber(whole: JsonObject, fields: JsonObject): void {
  if (typeof whole.Number !== 'string') return;
  const digits = whole.Number.replace(/\D/g, '');
  fields.SearchNumber = digits === '' ? null : [...digits].reverse().join('');
}

/** Full names are read as last, first, middle name. */
function splitName(fields: JsonObject, name: string): void {
  const [surname, given, ...middle] = name.trim().split(/\s+/);
  if (given === undefined) return;
  fields.Surname = surname ?? null;
  fields.GivenName = given;
  if (middle.length > 0) fields.MiddleName = middle.join(' ');
}

function ageOn(birthDate: string, now: number): number {
  const today = new Date(now);
  const had = today.toISOString().slice(5, 10) >= birthDate.slice(5, 10);
  return today.getUTCFullYear() - Number(birthDate.slice(0, 4)) - (had ? 0 : 1);
}
