import { Failure } from '../../../core/failures.js';
import { isJsonObject, type JsonObject } from '../../../core/json.js';
import { keyText } from '../../../core/record.js';
import type { Outcome, SendOptions } from '../../kit/index.js';
import { failureOf, wordsOf } from '../answers.js';
import { mostRequestsInBatch, type Part, type PartAnswer, readAll, sendBatch } from '../batch.js';
import type { CreatioClient } from '../client.js';
import type { KnownStream } from '../object.js';
import { entityPath, filtersByValue, queryOf, valuesInFilter } from '../odata.js';
import { decodeRow } from '../values.js';
import type { Item } from './item.js';
import { goneOf, lacksObject, refusalOf, unknownOf } from './outcomes.js';

const methods = { create: 'POST', update: 'PATCH', delete: 'DELETE' } as const;
/** A failed record is tried once more by itself; then the vendor's words count. */
const mostTries = 2;
const mostRounds = 5;

/** What stopped a write, and the items whose request it was. */
export class Stopped extends Error {
  constructor(
    readonly failure: unknown,
    readonly group: readonly Item[],
  ) {
    super('a request of this write got no usable answer');
  }
}

/**
 * Writes records of one object in batches, with a look at what is in doubt: a create that failed may have written its
 * record (an event handler threw afterwards), and one that succeeds for a second time is refused for its id.
 */
export class Rounds {
  readonly outcomes = new Map<Item, Outcome>();
  readonly #tries = new Map<Item, number>();
  /** Items that turned out to exist: they are updated in the next round. */
  readonly #existing = new Set<Item>();

  constructor(
    readonly client: CreatioClient,
    readonly known: KnownStream,
    readonly options: SendOptions,
  ) {}

  async write(items: readonly Item[]): Promise<void> {
    let open = items;
    for (let round = 1; open.length > 0 && round <= mostRounds; round++) {
      const again: Item[] = [];
      for (const group of this.#groups(open)) again.push(...(await this.#writeGroup(group)));
      open = again;
    }
    for (const item of open) this.outcomes.set(item, { state: 'unknown', failure: unfinished(this.known) });
  }

  /** As many changes as fit into a batch beside the look-ups that prove the updates. */
  #groups(items: readonly Item[]): Item[][] {
    const groups: Item[][] = [];
    let group: Item[] = [];
    let updates = 0;
    for (const item of items) {
      const more = updates + (this.#operationOf(item) === 'update' ? 1 : 0);
      if (group.length + 1 + Math.ceil(more / valuesInFilter) > mostRequestsInBatch) {
        groups.push(group);
        group = [];
        updates = 0;
      }
      group.push(item);
      if (this.#operationOf(item) === 'update') updates += 1;
    }
    return group.length === 0 ? groups : [...groups, group];
  }

  /** Resolves to the items that are to be sent again. */
  async #writeGroup(group: readonly Item[]): Promise<readonly Item[]> {
    const proofs = this.#proofs(group);
    let answers: readonly PartAnswer[];
    try {
      answers = await sendBatch(this.client, [...group.map((item) => this.#part(item)), ...proofs], {
        ...this.options,
        what: `Stream \`${this.known.stream.name}\``,
      });
    } catch (error) {
      return this.#halve(error, group);
    }
    const present = presentIn(answers.slice(group.length), proofs.length);
    const again: Item[] = [];
    const doubtful: [Item, NonNullable<PartAnswer>][] = [];
    group.forEach((item, index) => {
      const answer = answers[index] ?? null;
      const outcome = answer === null ? null : this.#outcomeOf(item, answer, present);
      if (outcome !== null) this.outcomes.set(item, outcome);
      else if (answer === null) again.push(item);
      else if (this.#operationOf(item) === 'create') doubtful.push([item, answer]);
      else again.push(...this.#retry(item, answer));
    });
    if (doubtful.length > 0) again.push(...(await this.#lookUp(doubtful)));
    return again;
  }

  /** A batch refused as a whole: the bad record is found by halving, the others go through. */
  async #halve(error: unknown, group: readonly Item[]): Promise<readonly Item[]> {
    const failure = isRefusal(error) ? error : null;
    if (failure === null || this.options.signal.aborted) throw new Stopped(error, group);
    const [only] = group;
    if (group.length === 1 && only !== undefined) {
      this.outcomes.set(only, { state: 'refused', failure });
      return [];
    }
    const half = Math.ceil(group.length / 2);
    const first = await this.#writeGroup(group.slice(0, half));
    return [...first, ...(await this.#writeGroup(group.slice(half)))];
  }

  #operationOf(item: Item): Item['operation'] {
    return this.#existing.has(item) ? 'update' : item.operation;
  }

  #part(item: Item): Part {
    const { set } = this.known.stream;
    const operation = this.#operationOf(item);
    const url = operation === 'create' ? set : entityPath(set, item.id);
    if (operation === 'delete') return { method: 'DELETE', url };
    const { Id, ...columns } = item.body;
    return { method: methods[operation], url, body: operation === 'create' ? item.body : columns };
  }

  /**
   * An update of a record that is not there may be answered as if it had been done, so the batch ends with look-ups of
   * the updated ids: they cost no request of their own.
   */
  #proofs(group: readonly Item[]): Part[] {
    const { set } = this.known.stream;
    const ids = group.filter((item) => this.#operationOf(item) === 'update').map(({ id }) => id);
    return filtersByValue('Id', ids, this.known.columns).map((filter) => ({
      method: 'GET',
      url: `${set}?${queryOf({ $filter: filter, $select: 'Id' })}`,
    }));
  }

  /** Null where the answer leaves a doubt. */
  #outcomeOf(item: Item, answer: NonNullable<PartAnswer>, present: ReadonlySet<string> | null): Outcome | null {
    const { name } = this.known.stream;
    const operation = this.#operationOf(item);
    if (lacksObject(answer)) throw new Stopped(failureOf(answer.said, answer.meaning, `Stream \`${name}\``), []);
    if (answer.meaning === 'rate_limited' || answer.meaning === 'signed_out') return unknownOf(name, answer);
    if (answer.meaning === 'done') {
      if (operation === 'update' && present !== null && !present.has(item.id.toLowerCase()))
        return goneOf(name, item.id);
      return { state: 'written', targetKey: item.id, created: operation === 'create' };
    }
    if (operation === 'create' || answer.meaning === 'transient' || answer.meaning === 'publishing') return null;
    if (answer.meaning !== 'missing') return refusalOf(name, answer);
    return operation === 'delete' ? { state: 'written', targetKey: item.id, created: false } : goneOf(name, item.id);
  }

  /** Once more; what fails again with words of the vendor is refused, without them nobody knows. */
  #retry(item: Item, answer: NonNullable<PartAnswer>): readonly Item[] {
    const { name } = this.known.stream;
    const tries = (this.#tries.get(item) ?? 0) + 1;
    this.#tries.set(item, tries);
    const isTransient = answer.meaning === 'transient' || answer.meaning === 'publishing';
    if (isTransient && tries < mostTries) return [item];
    const isSaid = answer.meaning !== 'publishing' && wordsOf(answer.said.body) !== null;
    this.outcomes.set(item, !isTransient || isSaid ? refusalOf(name, answer) : unknownOf(name, answer));
    return [];
  }

  /** Creates that failed: those that are there are made equal, where they are not; the others were refused. */
  async #lookUp(doubtful: readonly (readonly [Item, NonNullable<PartAnswer>])[]): Promise<readonly Item[]> {
    const { stream, columns } = this.known;
    const items = doubtful.map(([item]) => item);
    const urls = filtersByValue(
      'Id',
      items.map(({ id }) => id),
      columns,
    ).map((filter) => `${stream.set}?${queryOf({ $filter: filter })}`);
    const found = new Map<string, JsonObject>();
    try {
      const { signal } = this.options;
      for (const row of (await readAll(this.client, urls, { signal, what: `Stream \`${stream.name}\`` })).flat())
        found.set((keyText(row.Id) ?? '').toLowerCase(), row);
    } catch (error) {
      throw new Stopped(error, items);
    }
    return doubtful.flatMap(([item, answer]) => {
      const row = found.get(item.id.toLowerCase());
      if (row === undefined) return this.#retry(item, answer);
      if (this.#isSame(item.body, row)) {
        this.outcomes.set(item, { state: 'written', targetKey: item.id, created: false });
        return [];
      }
      this.#existing.add(item);
      return [item];
    });
  }

  /** Whether the columns that are sent already stand there; empty values of the instance are equal. */
  #isSame(body: JsonObject, row: JsonObject): boolean {
    return isSameRow(decodeRow(body, this.known.columns), decodeRow(row, this.known.columns));
  }
}

export function isSameRow(wanted: JsonObject, held: JsonObject): boolean {
  return Object.entries(wanted).every(([name, value]) => sameText(value) === sameText(held[name]));
}

/** One text for values that are equal to the instance: letter case of ids, zeros at the end of a moment's fraction. */
function sameText(value: JsonObject[string] | undefined): string {
  if (value === undefined || value === null || value === false || value === 0 || value === '0') return '';
  const text = String(value);
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text)) return text.replace(/\.?0*Z$/, '').replace(/(:\d\d)$/, '$1');
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ? text.toLowerCase() : text;
}

/** Ids that the proving look-ups found; null where one of them was not answered. */
function presentIn(answers: readonly PartAnswer[], expected: number): ReadonlySet<string> | null {
  const ids = new Set<string>();
  for (let index = 0; index < expected; index++) {
    const answer = answers[index] ?? null;
    const body = answer?.meaning === 'done' ? answer.said.body : undefined;
    const rows = isJsonObject(body) ? body.value : undefined;
    if (!Array.isArray(rows)) return null;
    for (const row of rows) if (isJsonObject(row)) ids.add((keyText(row.Id) ?? '').toLowerCase());
  }
  return ids;
}

function isRefusal(error: unknown): error is Failure {
  const kind = (error as { kind?: unknown } | null)?.kind;
  return kind === 'rejected' || kind === 'conflict';
}

function unfinished({ stream }: KnownStream): Failure {
  return new Failure('vendor/unavailable', {
    message: `\`${stream.name}\` did not settle this record in ${mostRounds} requests.`,
    hint: 'The record is sent again; if this stays, the instance is down.',
    details: { wasSent: true },
  });
}
