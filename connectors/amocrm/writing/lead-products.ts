import type { Failure } from '../../../core/failures.js';
import { isJsonObject, type JsonObject } from '../../../core/json.js';
import { keyText } from '../../../core/record.js';
import type { Change, FoundRecord, Outcome, SendOptions, WriteResult, Writer } from '../../kit/index.js';
import type { Account } from '../account.js';
import { isRefusal, notUnderstood } from '../client.js';
import { problemOf } from '../problem.js';
import { Finder } from '../reading/finder.js';
import { productCatalogs } from '../reading/lead-products.js';
import { RecordList } from '../reading/list.js';
import {
  keyOfRow,
  type LeadProduct,
  leadProducts,
  leadsWithProducts,
  noProductCatalog,
  parseRowKey,
  rowsOfLead,
} from '../streams/lead-products.js';
import { type LinkRow, linkBody } from './links.js';
import { forGroup, inDoubt, notSent, refused, Stopped } from './outcomes.js';

const stepsAtOnce = 50;

/** One link to be made or taken away for a change. */
interface Step extends LeadProduct {
  readonly change: Change;
  readonly row: LinkRow;
}

/** Rows at the vendor by their key. */
type Present = ReadonlyMap<string, JsonObject>;

/** Puts products on leads and takes them off, fifty a request. To link once more changes the quantity only. */
export class LeadProductsWriter implements Writer {
  readonly #finder: Finder;

  constructor(readonly account: Account) {
    this.#finder = new Finder(new RecordList(account, leadsWithProducts));
  }

  async write(changes: readonly Change[], options: SendOptions): Promise<WriteResult> {
    const outcomes = new Map<Change, Outcome>();
    let isBegun = false;
    try {
      const { link, unlink } = await this.#stepsOf(changes, outcomes, options.signal);
      // New ones first: a row that changes its product is never without one.
      for (const [verb, steps] of [['link', link] as const, ['unlink', unlink] as const]) {
        for (let start = 0; start < steps.length; start += stepsAtOnce) {
          const some = steps.slice(start, start + stepsAtOnce);
          const open = some.filter(({ change }) => !outcomes.has(change));
          await forGroup(
            open.map(({ change }) => change),
            options.signal,
            () => this.#send(verb, open, outcomes, options),
          );
          isBegun = true;
          for (const { change } of open)
            if (!outcomes.has(change) && (verb === 'unlink' || !unlink.some((step) => step.change === change)))
              outcomes.set(change, written(change));
        }
      }
      // What was to be taken away and is not there.
      for (const change of changes) if (!outcomes.has(change)) outcomes.set(change, written(change));
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      if (!isBegun || error.failure.code === 'engine/fence_lost') throw error.failure;
      for (const change of changes) {
        const isOfGroup = error.group.includes(change) && error.failure.details?.wasSent === true;
        if (!outcomes.has(change)) outcomes.set(change, isOfGroup ? inDoubt(error.failure) : notSent(error.failure));
      }
    }
    return { outcomes: changes.map((change) => outcomes.get(change) as Outcome) };
  }

  async #stepsOf(
    changes: readonly Change[],
    outcomes: Map<Change, Outcome>,
    signal: AbortSignal,
  ): Promise<{ readonly link: Step[]; readonly unlink: Step[] }> {
    const [link, unlink]: [Step[], Step[]] = [[], []];
    const present = await forGroup([], signal, () => this.#present(changes, signal));
    for (const change of changes) {
      const old = change.targetKey === null ? null : parseRowKey(change.targetKey);
      const held = old === null ? undefined : present.get(keyOfRow(old));
      if (change.operation === 'delete') {
        if (old !== null && held !== undefined) unlink.push({ ...old, change, row: linkRow(held) });
        continue;
      }
      const made = await this.#linkOf(change, signal);
      const problem = typeof made === 'string' ? made : collision(made, old, present);
      if (problem !== null || typeof made === 'string') {
        outcomes.set(change, refused(leadProducts.name, problem ?? ''));
        continue;
      }
      link.push(made);
      if (isMoved(made, old) && old !== null && held !== undefined) unlink.push({ ...old, change, row: linkRow(held) });
    }
    return { link, unlink };
  }

  /** The link that a change asks for, or what is wrong with it. */
  async #linkOf(change: Change, signal: AbortSignal): Promise<Step | string> {
    const { quantity } = change.fields;
    // An update may name what it changes only.
    const fields = { ...idsOf(change), ...change.fields };
    for (const name of ['lead_id', 'element_id'] as const)
      if (!isId(fields[name])) return `\`${name}\` takes the id of a ${name === 'lead_id' ? 'lead' : 'product'}`;
    for (const name of ['catalog_id', 'price_id'])
      if (fields[name] != null && !isId(fields[name])) return `\`${name}\` takes an id, which is a whole number`;
    const number = keyText(quantity) ?? '1';
    if (!/^-?\d+(\.\d+)?$/.test(number)) return `\`quantity\` takes a number, not \`${number.slice(0, 40)}\``;
    const catalogId = keyText(fields.catalog_id) ?? (await this.#catalog(signal));
    const elementId = String(fields.element_id);
    const row = { id: elementId, isMain: false, catalogId, quantity: number, priceId: keyText(fields.price_id) };
    return { change, leadId: String(fields.lead_id), elementId, row };
  }

  async #catalog(signal: AbortSignal): Promise<string> {
    const [first] = await forGroup([], signal, () => productCatalogs(this.account, signal));
    if (first === undefined) throw noProductCatalog();
    return first;
  }

  /** Asked for only where something goes: what is deleted, and rows that change their lead or product. */
  async #present(changes: readonly Change[], signal: AbortSignal): Promise<Present> {
    const leads = changes.flatMap((change) => {
      const old = change.targetKey === null ? null : parseRowKey(change.targetKey);
      if (old === null) return [];
      const { lead_id: lead, element_id: element } = { ...idsOf(change), ...change.fields };
      if (change.operation === 'delete') return [old.leadId];
      return keyText(lead) === old.leadId && keyText(element) === old.elementId
        ? []
        : [old.leadId, ...(isId(lead) ? [String(lead)] : [])];
    });
    return leads.length === 0 ? new Map() : this.#rowsOf(leads, signal);
  }

  async #rowsOf(leads: readonly string[], signal: AbortSignal): Promise<Present> {
    const found = await this.#finder.find('id', [...new Set(leads)], signal);
    const rows = found.flatMap(rowsOfLead);
    return new Map(
      rows.map((row) => [keyOfRow({ leadId: String(row.lead_id), elementId: String(row.element_id) }), row]),
    );
  }

  /** One bad link refuses them all: those that the vendor names are taken out, the others are sent again. */
  async #send(
    verb: 'link' | 'unlink',
    steps: readonly Step[],
    outcomes: Map<Change, Outcome>,
    options: SendOptions,
  ): Promise<void> {
    if (steps.length === 0) return;
    const answer = await this.#request(verb, steps, options);
    if (answer === null) return;
    const bad = answer.named.length > 0 ? answer.named : steps.length === 1 ? [{ at: 0, words: '' }] : [];
    for (const { at, words } of bad) {
      const step = steps[at];
      // What cannot be taken away is not there any more.
      if (step === undefined || verb === 'unlink') continue;
      const why = `product \`${step.elementId}\` on lead \`${step.leadId}\`: ${words || answer.failure.message}`;
      outcomes.set(step.change, refused(leadProducts.name, why));
    }
    const rest = steps.filter((_, index) => !bad.some(({ at }) => at === index));
    if (bad.length > 0) return this.#send(verb, rest, outcomes, options);
    const half = Math.ceil(rest.length / 2);
    await this.#send(verb, rest.slice(0, half), outcomes, options);
    await this.#send(verb, rest.slice(half), outcomes, options);
  }

  /** Null when it is done. */
  async #request(verb: 'link' | 'unlink', steps: readonly Step[], options: SendOptions): Promise<RefusedLinks | null> {
    const { client } = this.account;
    const body = steps.map(({ leadId, row }) =>
      linkBody(leadsWithProducts, { entityId: leadId, toType: 'catalog_elements', row }),
    );
    const answer = await client.send({ method: 'POST', path: `/leads/${verb}`, body, ...options });
    if (answer.status < 300) {
      if (client.bodyOf(answer) === null && verb === 'link') throw notUnderstood(answer.status);
      return null;
    }
    const failure = client.failureOf(answer);
    if (!isRefusal(failure)) throw failure;
    const list = problemOf(answer)?.['validation-errors'];
    const named = (Array.isArray(list) ? list.filter(isJsonObject) : []).flatMap((each) => {
      const at = Number(keyText(each.request_id) ?? Number.NaN);
      return Number.isInteger(at) && at >= 0 && at < steps.length ? [{ at, words: wordsOf(each) }] : [];
    });
    return { failure, named };
  }

  async findByMatch(
    fields: readonly string[],
    values: readonly (readonly string[])[],
    signal: AbortSignal,
  ): Promise<readonly FoundRecord[]> {
    const at = fields.indexOf('lead_id');
    if (at === -1) return [];
    const rows = await this.#rowsOf(
      values.flatMap((row) => row[at] ?? []),
      signal,
    );
    return values.flatMap((wanted) =>
      [...rows]
        .filter(([, row]) => fields.every((field, index) => keyText(row[field]) === wanted[index]))
        .map(([targetKey, row]) => ({ targetKey, askedFor: JSON.stringify(wanted), fields: row })),
    );
  }

  async readByKey(targetKeys: readonly string[], signal: AbortSignal): Promise<readonly FoundRecord[]> {
    const leads = targetKeys.flatMap((key) => parseRowKey(key)?.leadId ?? []);
    const rows = leads.length === 0 ? new Map<string, JsonObject>() : await this.#rowsOf(leads, signal);
    return targetKeys.flatMap((key) => {
      const fields = rows.get(key);
      return fields === undefined ? [] : [{ targetKey: key, askedFor: key, fields }];
    });
  }
}

interface RefusedLinks {
  readonly failure: Failure;
  /** Places of the steps that the vendor named, and what it said of them. */
  readonly named: readonly { readonly at: number; readonly words: string }[];
}

function wordsOf(each: JsonObject): string {
  const errors = Array.isArray(each.errors) ? each.errors.filter(isJsonObject) : [];
  return errors
    .map(({ path, code, detail }) => [path, code, detail].flatMap((part) => keyText(part) ?? []).join(': '))
    .join('; ');
}

function isId(value: unknown): boolean {
  return (typeof value === 'string' || typeof value === 'number') && /^\d{1,15}$/.test(String(value));
}

/** The ids in a change's own key, for updates that do not name them. */
function idsOf({ targetKey, operation }: Change): JsonObject {
  const old = targetKey === null || operation !== 'update' ? null : parseRowKey(targetKey);
  return old === null ? {} : { lead_id: old.leadId, element_id: old.elementId };
}

function written(change: Change): Outcome {
  return { state: 'written', targetKey: keyOf(change), created: false };
}

/** What a change's row is called when it is done. */
function keyOf(change: Change): string {
  if (change.operation === 'delete') return change.targetKey ?? '';
  const { lead_id: lead, element_id: element } = { ...idsOf(change), ...change.fields };
  return keyOfRow({ leadId: String(lead), elementId: String(element) });
}

function linkRow(row: JsonObject): LinkRow {
  return {
    id: String(row.element_id),
    isMain: false,
    catalogId: keyText(row.catalog_id),
    quantity: keyText(row.quantity),
    priceId: keyText(row.price_id),
  };
}

function isMoved(made: LeadProduct, old: LeadProduct | null): boolean {
  return old !== null && (made.leadId !== old.leadId || made.elementId !== old.elementId);
}

/** A row that changes its product must not swallow another one; the same one is a repeat. */
function collision(made: Step, old: LeadProduct | null, present: Present): string | null {
  if (!isMoved(made, old)) return null;
  const there = present.get(keyOfRow(made));
  if (there === undefined || Number(there.quantity) === Number(made.row.quantity)) return null;
  return `lead \`${made.leadId}\` has product \`${made.elementId}\` already, with quantity \`${keyText(there.quantity)}\``;
}
