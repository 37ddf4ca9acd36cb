import { setTimeout as delay } from 'node:timers/promises';
import { type Failure, isFailure, toFailure } from '../../../core/failures.js';
import type { JsonObject } from '../../../core/json.js';
import { keyText, type SourceRecord } from '../../../core/record.js';
import type { Change, FoundRecord, Outcome, SendOptions, WriteResult, Writer } from '../../kit/index.js';
import { badAnswer } from '../answers.js';
import { batchSize, type CommandAnswer, isFailed, type PortalClient } from '../client.js';
import { findRecords } from '../reading/reader.js';
import { findMatches } from './matching.js';
import { isMissing, notSent, outcomeOfFailure, refused, withoutDoubt } from './outcomes.js';
import { type Order, operationOf, type Target } from './target.js';
import { refuseBadText } from './texts.js';

/** A batch whose answer was lost may go on for as long as one request may take. */
const longestBatchMs = 60_000;
const lookAgainMs = 2_000;

/** Writes a stream: 50 commands a request, the commands of one record always in the same one. */
export class BatchWriter implements Writer {
  /** Creates whose fate nobody knows, and when they were sent. */
  readonly #doubtful = new Map<string, { readonly change: Change; readonly sentMs: number }>();
  readonly findAlike?: (changes: readonly Change[], signal: AbortSignal) => Promise<readonly FoundRecord[]>;
  readonly findByOwnId?: (recordKeys: readonly string[], signal: AbortSignal) => Promise<readonly FoundRecord[]>;

  constructor(
    readonly client: PortalClient,
    readonly target: Target,
    readonly lookAgainAfterMs = lookAgainMs,
  ) {
    const { ownIds } = target;
    if (ownIds !== null) this.findByOwnId = (keys, signal) => this.#findByOwnId(keys, signal);
    if (ownIds?.alike !== undefined)
      this.findAlike = async (changes, signal) =>
        ((await ownIds.alike?.(changes, signal)) ?? []).map((record) =>
          this.#found(record, ownIds.keyOf(record) ?? ''),
        );
  }

  async write(changes: readonly Change[], options: SendOptions): Promise<WriteResult> {
    options.signal.throwIfAborted();
    const outcomes = new Map<Change, Outcome>();
    const orders = await this.#orders(changes, outcomes, options.signal);
    let isBegun = false;
    for (const group of packed(orders)) {
      const stopped = await this.#send(group, outcomes, options);
      if (stopped === null) {
        isBegun = true;
        continue;
      }
      // Only the request that got no answer is in doubt; all that follows was not sent.
      if (!stopped.isInDoubt && !isBegun) throw stopped.failure;
      for (const { change } of orders) {
        if (outcomes.has(change)) continue;
        const isInDoubt = stopped.isInDoubt && group.some((order) => order.change === change);
        outcomes.set(change, isInDoubt ? this.#inDoubt(change, stopped.failure) : notSent(stopped.failure));
      }
      break;
    }
    return { outcomes: changes.map((change) => outcomes.get(change) as Outcome) };
  }

  /** What is wrong in itself is refused at once; what must be asked beforehand writes nothing. */
  async #orders(
    changes: readonly Change[],
    outcomes: Map<Change, Outcome>,
    signal: AbortSignal,
  ): Promise<readonly Order[]> {
    const sound = changes.filter(
      (change) => this.#tried(change, outcomes, () => refuseBadText(change.fields)) !== null,
    );
    try {
      const make = await this.target.prepare(sound, signal);
      return sound.flatMap((change) => {
        const order = this.#tried(change, outcomes, () => make(change));
        return order === null ? [] : [order];
      });
    } catch (error) {
      if (signal.aborted || !isFailure(error)) throw error;
      throw withoutDoubt(error);
    }
  }

  #tried<T>(change: Change, outcomes: Map<Change, Outcome>, work: () => T): T | null {
    try {
      return work();
    } catch (error) {
      if (!isFailure(error) || error.kind !== 'rejected') throw error;
      outcomes.set(change, { state: 'refused', failure: error });
      return null;
    }
  }

  async #send(
    group: readonly Order[],
    outcomes: Map<Change, Outcome>,
    options: SendOptions,
  ): Promise<{ readonly failure: Failure; readonly isInDoubt: boolean } | null> {
    const places = new Map<Order, number>();
    const commands = group.flatMap((order) => {
      const index = [...places.keys()].reduce((sum, each) => sum + 1 + each.tailLength, 0);
      places.set(order, index);
      return [order.head, ...order.tail(index)];
    });
    let answers: readonly CommandAnswer[];
    try {
      answers = await this.client.batch(commands, options);
    } catch (error) {
      const failure = toFailure(error);
      if (options.signal.aborted || failure.kind === 'bug' || failure.code === 'engine/fence_lost') throw error;
      return { failure, isInDoubt: failure.kind === 'transient' && failure.details?.wasSent === true };
    }
    const spoiled: [Order, string, Failure][] = [];
    for (const [order, index] of places) {
      const head = answers[index] ?? { failure: badAnswer(order.head.method, 'nothing') };
      const outcome = this.#outcomeOfHead(order, head);
      const tail = answers.slice(index + 1, index + 1 + order.tailLength).find(isFailed);
      if (outcome.state !== 'written' || tail === undefined) outcomes.set(order.change, outcome);
      else if (outcome.created) spoiled.push([order, outcome.targetKey, tail.failure]);
      else outcomes.set(order.change, outcomeOfFailure(this.target.stream, tail.failure));
    }
    if (spoiled.length > 0) await this.#undo(spoiled, outcomes, options);
    return null;
  }

  #outcomeOfHead({ change, head }: Order, answer: CommandAnswer): Outcome {
    const operation = operationOf(change);
    if (isFailed(answer)) {
      if (operation === 'delete' && isMissing(answer.failure))
        return { state: 'written', targetKey: change.targetKey ?? '', created: false };
      const outcome = outcomeOfFailure(this.target.stream, answer.failure);
      return outcome.state === 'unknown' && operation === 'create' && outcome.failure.details?.wasSent !== false
        ? this.#inDoubt(change, outcome.failure)
        : outcome;
    }
    if (operation !== 'create') {
      const problem = operation === 'update' ? (this.target.problemOf?.(change, answer.result) ?? null) : null;
      if (problem !== null) return { state: 'refused', failure: problem };
      return { state: 'written', targetKey: change.targetKey ?? '', created: false };
    }
    const key = this.target.keyOf(answer.result);
    if (key !== null) return { state: 'written', targetKey: key, created: true };
    return this.#inDoubt(change, badAnswer(head.method, 'no id'));
  }

  #inDoubt(change: Change, failure: Failure): Outcome {
    if (operationOf(change) === 'create') this.#doubtful.set(change.recordKey, { change, sentMs: Date.now() });
    return { state: 'unknown', failure };
  }

  /** A record that was made without what belongs to it is taken back, so that "refused" is the whole truth. */
  async #undo(
    spoiled: readonly [Order, string, Failure][],
    outcomes: Map<Change, Outcome>,
    options: SendOptions,
  ): Promise<void> {
    let answers: readonly CommandAnswer[] | null = null;
    try {
      answers = await this.client.batch(
        spoiled.map(([, key]) => this.target.undo(key)),
        options,
      );
    } catch (error) {
      if (options.signal.aborted || !isFailure(error) || error.code === 'engine/fence_lost') throw error;
    }
    spoiled.forEach(([{ change }, , failure], index) => {
      const undone = answers?.[index];
      const isUndone = undone !== undefined && !isFailed(undone);
      outcomes.set(change, isUndone ? outcomeOfUndone(this.target.stream, failure) : this.#inDoubt(change, failure));
    });
  }

  /**
   * Records by our own ids. A batch whose answer was lost is carried out one command after the other: as long as only
   * some of it is there it may still go on, so it is looked at until it stands still.
   */
  async #findByOwnId(recordKeys: readonly string[], signal: AbortSignal): Promise<readonly FoundRecord[]> {
    const { ownIds } = this.target;
    if (ownIds === null || recordKeys.length === 0) return [];
    const mine = recordKeys.filter((key) => this.#doubtful.has(key));
    let found = await this.#look(recordKeys, signal);
    for (;;) {
      const there = mine.filter((key) => found.has(key)).length;
      const youngest = Math.max(...mine.map((key) => this.#doubtful.get(key)?.sentMs ?? 0), 0);
      if (there === 0 || there === mine.length || Date.now() - youngest > longestBatchMs) break;
      await delay(this.lookAgainAfterMs, undefined, { signal });
      const before = found.size;
      found = await this.#look(recordKeys, signal);
      if (found.size === before) break;
    }
    const completed = new Map<string, Change>();
    for (const key of mine) {
      const [record] = found.get(key) ?? [];
      const change = this.#doubtful.get(key)?.change;
      if (record !== undefined && change !== undefined)
        completed.set(keyText(record[this.target.source.keyField]) ?? '', change);
    }
    if (completed.size > 0) await ownIds.complete?.(completed, signal);
    for (const key of mine) this.#doubtful.delete(key);
    return [...found].flatMap(([key, records]) => records.map((record) => this.#found(record, key)));
  }

  async #look(recordKeys: readonly string[], signal: AbortSignal): Promise<Map<string, SourceRecord[]>> {
    const found = new Map<string, SourceRecord[]>();
    const wanted = new Set(recordKeys);
    const { ownIds } = this.target;
    for (const record of (await ownIds?.find(recordKeys, signal)) ?? []) {
      const key = ownIds?.keyOf(record) ?? null;
      if (key !== null && wanted.has(key)) found.set(key, [...(found.get(key) ?? []), record]);
    }
    return found;
  }

  findByMatch(
    fields: readonly string[],
    values: readonly (readonly string[])[],
    signal: AbortSignal,
  ): Promise<readonly FoundRecord[]> {
    return findMatches(this.client, this.target.source, fields, values, signal);
  }

  async readByKey(targetKeys: readonly string[], signal: AbortSignal): Promise<readonly FoundRecord[]> {
    const { wholeSource: source } = this.target;
    const records = await findRecords(this.client, source, source.keyField, targetKeys, signal);
    return records.map((record) => this.#found(record, keyText(record[source.keyField]) ?? ''));
  }

  #found(record: SourceRecord, askedFor: string): FoundRecord {
    const targetKey = keyText(record[this.target.source.keyField]) ?? '';
    return { targetKey, askedFor, fields: record as JsonObject };
  }
}

function outcomeOfUndone(stream: string, failure: Failure): Outcome {
  return failure.kind === 'rejected' || failure.kind === 'conflict' ? refused(stream, failure) : notSent(failure);
}

/** Orders in groups of at most 50 commands. */
function packed(orders: readonly Order[]): readonly (readonly Order[])[] {
  const groups: Order[][] = [];
  let room = 0;
  for (const order of orders) {
    const needed = 1 + order.tailLength;
    if (needed > room) {
      groups.push([]);
      room = batchSize;
    }
    groups.at(-1)?.push(order);
    room -= needed;
  }
  return groups;
}
