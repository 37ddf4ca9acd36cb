import { Failure } from '../../../core/failures.js';
import type { JsonObject } from '../../../core/json.js';
import type { Change, FoundRecord, Outcome, SendOptions, WriteRequest, WriteResult, Writer } from '../../kit/index.js';
import { type Account, rowsIn } from '../account.js';
import { isRefusal, notUnderstood } from '../client.js';
import { batchSize } from '../declaration.js';
import { fieldsPath, RecordList } from '../reading/list.js';
import type { StreamSpec } from '../streams/spec.js';
import { type Item, type ItemPlace, itemOf, madeItem } from './items.js';
import { Linker } from './linker.js';
import { forGroup, idsIn, inDoubt, notSent, refusalsIn, refused, Stopped, unanswered } from './outcomes.js';
import { OwnIds } from './own-ids.js';
import { findMatches, readByIds } from './searches.js';
import { FieldProblem } from './values.js';

/** Writes one stream of an account, fifty records a request. */
export class AmoWriter implements Writer {
  readonly #list: RecordList;
  readonly #linker: Linker;
  readonly #ownIds: OwnIds;
  /** What new records were made of, until they are finished. */
  readonly #sent = new Map<string, JsonObject>();
  readonly findAlike?: (changes: readonly Change[], signal: AbortSignal) => Promise<readonly FoundRecord[]>;

  constructor(
    readonly account: Account,
    readonly stream: StreamSpec,
    request: WriteRequest,
  ) {
    if (stream.write === null) throw readOnly(stream);
    this.#list = new RecordList(account, stream);
    this.#linker = new Linker(this.#list);
    const later = stream.links.filter((link) => link.isEmbeddedAtCreation !== true).map((link) => link.field);
    this.#ownIds = new OwnIds(
      this.#list,
      later.filter((field) => request.fields.includes(field)),
    );
    if (stream.write.ownId === 'fingerprint') this.findAlike = (changes, signal) => this.#ownIds.alike(changes, signal);
  }

  /**
   * The first request that gets no usable answer ends the write: its changes are in doubt unless it was not sent, and
   * those after it have not been sent at all. Where nothing was done yet it is thrown.
   */
  async write(changes: readonly Change[], options: SendOptions): Promise<WriteResult> {
    const outcomes = new Map<Change, Outcome>();
    try {
      const path = await forGroup([], options.signal, () => this.#path(options.signal));
      const items = await this.#itemsOf(path, changes, outcomes, options.signal);
      for (const group of groupsOf(items)) await this.#writeGroup(path, group, outcomes, options);
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      this.#giveUp(error, changes, outcomes);
    }
    return { outcomes: changes.map((change) => outcomes.get(change) ?? inDoubt(unanswered(this.stream.name))) };
  }

  #giveUp({ failure, group, isAfterwards }: Stopped, changes: readonly Change[], outcomes: Map<Change, Outcome>): void {
    if (failure.code === 'engine/fence_lost') throw failure;
    const isInDoubt = failure.kind === 'transient' && failure.details?.wasSent === true && group.length > 0;
    const isStarted = isAfterwards || [...outcomes.values()].some(({ state }) => state !== 'refused');
    if (!isStarted && !isInDoubt) throw failure;
    if (isInDoubt) for (const change of group) if (!outcomes.has(change)) outcomes.set(change, inDoubt(failure));
    for (const change of changes) if (!outcomes.has(change)) outcomes.set(change, notSent(failure));
  }

  /** New products go to the first catalog of products. */
  async #path(signal: AbortSignal): Promise<string> {
    const [path] = await this.#list.paths(signal);
    if (path !== undefined) return path;
    throw new Failure('connection/invalid_settings', {
      message: `The account has no catalog for \`${this.stream.name}\`.`,
      hint: 'Switch the catalog of products on in the account.',
      details: { wasSent: false },
    });
  }

  /** What can be sent; a record that the vendor cannot hold is refused here, before anything is sent. */
  async #itemsOf(
    path: string,
    changes: readonly Change[],
    outcomes: Map<Change, Outcome>,
    signal: AbortSignal,
  ): Promise<Item[]> {
    const place = await forGroup([], signal, () => this.#place(path, signal));
    const known = await forGroup([], signal, () => this.#ownIds.knownFor(changes.filter(isCreate), signal));
    const items: Item[] = [];
    for (const change of changes) {
      if (change.operation === 'delete') throw noDeletion(this.stream);
      const found = known.get(change.recordKey);
      if (found !== undefined && isCreate(change)) {
        outcomes.set(change, { state: 'written', targetKey: found, created: false });
        continue;
      }
      try {
        items.push(this.#itemOf(place, change));
      } catch (error) {
        if (!(error instanceof FieldProblem)) throw error;
        outcomes.set(change, refused(this.stream.name, error.message));
      }
    }
    return items;
  }

  #itemOf(place: ItemPlace, change: Change): Item {
    const begun = change.targetKey === null ? this.#ownIds.begun(change.recordKey) : null;
    const isSame = this.#sent.get(change.recordKey) === change.fields;
    if (begun !== null && isSame) return madeItem(place, change, begun);
    const item = itemOf(place, change, change.targetKey ?? begun);
    if (item.targetKey === null) this.#sent.set(change.recordKey, change.fields);
    return item;
  }

  async #place(path: string, signal: AbortSignal): Promise<ItemPlace> {
    const { stream, account } = this;
    const fields = stream.hasCustomFields ? await account.customFields(fieldsPath(path), signal) : [];
    const hasDates = fields.some(({ type }) => type === 'date' || type === 'birthday');
    return { stream, fields, zone: hasDates ? (await account.card(signal)).zone : 'UTC' };
  }

  /** The records of a group, then their relations. */
  async #writeGroup(
    path: string,
    group: readonly Item[],
    outcomes: Map<Change, Outcome>,
    options: SendOptions,
  ): Promise<void> {
    const refusals = await this.#linker.refuseDeadEnds(group, options.signal);
    for (const [item, words] of refusals) outcomes.set(item.change, refused(this.stream.name, words));
    const open = group.filter((item) => !refusals.has(item));
    const written = await this.#send(path, open, outcomes, options);
    // An outcome stands only when the relations stand too; until then a repeat goes on with the record that was made.
    await this.#linker.link(written, options, (item, words) =>
      outcomes.set(item.change, refused(this.stream.name, words)),
    );
    for (const { item, key } of written) {
      // Where a relation was refused, a later try goes on with the record.
      if (outcomes.has(item.change)) continue;
      this.#ownIds.done(item.change.recordKey, key);
      this.#sent.delete(item.change.recordKey);
      outcomes.set(item.change, { state: 'written', targetKey: key, created: item.targetKey === null || item.isMade });
    }
  }

  /** One request for all; where the vendor refuses it for some, those are taken out and the others sent again. */
  async #send(
    path: string,
    items: readonly Item[],
    outcomes: Map<Change, Outcome>,
    options: SendOptions,
  ): Promise<Written[]> {
    const silent = items.filter(saysNothing).map((item) => ({ item, key: item.targetKey ?? '' }));
    const loud = items.filter((item) => !saysNothing(item));
    if (loud.length === 0) return silent;
    const group = loud.map(({ change }) => change);
    const answer = await forGroup(group, options.signal, () => this.#request(path, loud, options));
    if ('ids' in answer) {
      const written: Written[] = [...silent];
      for (const [index, item] of loud.entries()) {
        const key = answer.ids.get(index);
        if (key === undefined) outcomes.set(item.change, inDoubt(unanswered(this.stream.name)));
        else written.push({ item, key });
        if (key !== undefined) this.#remember(item, key);
      }
      return written;
    }
    const parts = this.#withoutRefused(loud, answer, outcomes);
    for (const part of parts) silent.push(...(await this.#send(path, part, outcomes, options)));
    return silent;
  }

  #remember(item: Item, key: string): void {
    this.#linker.exists.add(this.stream.embedded, key);
    if (item.targetKey !== null) return;
    this.#ownIds.made(item.change, key);
  }

  /** What is worth sending again: all but those that the vendor named; where it named none, halves. */
  #withoutRefused(items: readonly Item[], answer: RefusedRequest, outcomes: Map<Change, Outcome>): Item[][] {
    const { refusals, failure } = answer;
    for (const [index, words] of refusals) {
      const item = items[index];
      if (item !== undefined) outcomes.set(item.change, refused(this.stream.name, words));
    }
    if (refusals.size > 0) return [items.filter((_, index) => !refusals.has(index))];
    if (items.length === 1) {
      for (const item of items) outcomes.set(item.change, refused(this.stream.name, failure.message));
      return [];
    }
    const half = Math.ceil(items.length / 2);
    return [items.slice(0, half), items.slice(half)];
  }

  async #request(path: string, items: readonly Item[], options: SendOptions): Promise<Sent | RefusedRequest> {
    const { client } = this.account;
    const isNew = items[0]?.targetKey === null;
    const body = items.map((item, index) => ({ ...item.body, request_id: String(index) }));
    const answer = await client.send({ method: isNew ? 'POST' : 'PATCH', path, body, ...options });
    if (answer.status >= 300) {
      const failure = client.failureOf(answer);
      if (isRefusal(failure)) return { refusals: refusalsIn(answer, items), failure };
      throw failure;
    }
    const rows = rowsIn(client.bodyOf(answer), this.stream.embedded);
    if (rows.length === 0) throw notUnderstood(answer.status);
    return { ids: idsIn(rows) };
  }

  findByOwnId(recordKeys: readonly string[], signal: AbortSignal): Promise<readonly FoundRecord[]> {
    return this.#ownIds.find(recordKeys, signal);
  }

  findByMatch(
    fields: readonly string[],
    values: readonly (readonly string[])[],
    signal: AbortSignal,
  ): Promise<readonly FoundRecord[]> {
    return findMatches(this.#list, fields, values, signal);
  }

  readByKey(targetKeys: readonly string[], signal: AbortSignal): Promise<readonly FoundRecord[]> {
    return readByIds(this.#list, targetKeys, signal);
  }
}

/** A record at the vendor, whose relations may still be missing. */
export interface Written {
  readonly item: Item;
  readonly key: string;
}

interface Sent {
  readonly ids: ReadonlyMap<number, string>;
}

interface RefusedRequest {
  readonly refusals: ReadonlyMap<number, string>;
  readonly failure: Failure;
}

function isCreate({ targetKey }: Change): boolean {
  return targetKey === null;
}

/** A change of relations alone leaves the record itself as it is. */
function saysNothing({ body, targetKey }: Item): boolean {
  return targetKey !== null && Object.keys(body).length === 1;
}

/** Creates and updates apart, as many as a request takes; no record stands in a request twice. */
function groupsOf(items: readonly Item[]): Item[][] {
  const groups: Item[][] = [];
  for (const item of items) {
    const group = groups.find(
      (each) =>
        each.length < batchSize &&
        (each[0]?.targetKey === null) === (item.targetKey === null) &&
        (item.targetKey === null || !each.some(({ targetKey }) => targetKey === item.targetKey)),
    );
    if (group === undefined) groups.push([item]);
    else group.push(item);
  }
  return groups;
}

function readOnly(stream: StreamSpec): Failure {
  return new Failure('read/unknown_stream', {
    message: `Stream \`${stream.name}\` cannot be written.`,
    hint: 'Choose a stream that amoCRM lets write: companies, contacts, leads, products, tasks or notes.',
  });
}

function noDeletion(stream: StreamSpec): Failure {
  return new Failure('definition/invalid', {
    message: `Stream \`${stream.name}\` offers no deletion: amoCRM lets nobody delete records by its API.`,
    hint: 'Use `on_delete: { mark: ... }` with a stage, a tag or a field.',
    details: { wasSent: false },
  });
}
