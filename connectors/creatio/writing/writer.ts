import { Failure, isFailure, toFailure } from '../../../core/failures.js';
import type { SourceRecord } from '../../../core/record.js';
import type { Change, FoundRecord, Outcome, SendOptions, WriteRequest, WriteResult, Writer } from '../../kit/index.js';
import type { CreatioClient } from '../client.js';
import { type KnownStream, knownStream } from '../object.js';
import { Finder, foundOf } from '../reading/finder.js';
import { recordOf } from '../reading/records.js';
import { Objects } from '../schema/objects.js';
import { writeContents } from './contents.js';
import { type Item, itemOf, ownId } from './item.js';
import { writeLists } from './lists.js';
import { notSent } from './outcomes.js';
import { Rounds, Stopped } from './rounds.js';

/** Writes one object: records in batches, then the lists and bytes that belong to them. */
export class CreatioWriter implements Writer {
  /** Records that stand while their lists or bytes are still open: a repeat goes on there instead of beginning anew. */
  readonly #standing = new Set<string>();

  constructor(
    readonly client: CreatioClient,
    readonly request: WriteRequest,
  ) {}

  async write(changes: readonly Change[], options: SendOptions): Promise<WriteResult> {
    options.signal.throwIfAborted();
    const known = await this.#known(options.signal);
    const items = new Map<Change, Item>();
    const outcomes = new Map<Change, Outcome>();
    const objects = known.stream.owner === undefined ? [] : await new Objects(this.client).list(options.signal);
    const numbers = new Map(objects.map(({ name, uId }) => [name, uId]));
    for (const change of changes) {
      try {
        items.set(change, itemOf(known, change, numbers));
      } catch (error) {
        if (!isFailure(error)) throw error;
        outcomes.set(change, { state: 'refused', failure: error });
      }
    }
    for (const [item, outcome] of await this.#send(known, [...items.values()], options))
      outcomes.set(item.change, outcome);
    return { outcomes: changes.map((change) => outcomes.get(change) ?? lost(known)) };
  }

  /**
   * The first request without a usable answer ends the write: its records are in doubt unless it was not sent, and
   * those after it have not been sent at all. Where nothing was done yet it is thrown.
   */
  async #send(known: KnownStream, items: readonly Item[], options: SendOptions): Promise<ReadonlyMap<Item, Outcome>> {
    const rounds = new Rounds(this.client, known, options);
    const { outcomes } = rounds;
    const isStanding = (item: Item): boolean => this.#standing.size > 0 && this.#standing.has(effectOf(item));
    const anew = items.filter((item) => !isStanding(item));
    for (const item of items)
      if (isStanding(item)) outcomes.set(item, { state: 'written', targetKey: item.id, created: false });
    try {
      await rounds.write(anew);
    } catch (error) {
      if (!(error instanceof Stopped) || options.signal.aborted) throw error instanceof Stopped ? error.failure : error;
      const failure = toFailure(error.failure);
      if (failure.code === 'engine/fence_lost') throw failure;
      const isInDoubt = failure.kind === 'transient' && failure.details?.wasSent === true;
      if (outcomes.size === 0 && !isInDoubt) throw failure;
      if (isInDoubt)
        for (const item of error.group) if (!outcomes.has(item)) outcomes.set(item, { state: 'unknown', failure });
      for (const item of items) if (!outcomes.has(item)) outcomes.set(item, notSent(failure));
    }
    const written = items.filter((item) => outcomes.get(item)?.state === 'written');
    const listed = written.filter(({ lists }) => lists.length > 0);
    if (listed.length > 0)
      for (const [item, outcome] of await writeLists(this.client, listed, options)) outcomes.set(item, outcome);
    const files = written.filter(({ content }) => content !== null);
    for (const [item, outcome] of await writeContents(this.client, known, files, options)) outcomes.set(item, outcome);
    for (const item of [...listed, ...files]) {
      if (outcomes.get(item)?.state === 'unknown') this.#standing.add(effectOf(item));
      else this.#standing.delete(effectOf(item));
    }
    return outcomes;
  }

  async findByOwnId(recordKeys: readonly string[], signal: AbortSignal): Promise<readonly FoundRecord[]> {
    signal.throwIfAborted();
    const known = await this.#known(signal);
    const keyById = new Map(recordKeys.map((key) => [ownId(key), key]));
    const rows = await new Finder(this.client, known).rows('Id', [...keyById.keys()], signal);
    return rows.flatMap((row) => foundBy(keyById, recordOf(known, row)));
  }

  async readByKey(targetKeys: readonly string[], signal: AbortSignal): Promise<readonly FoundRecord[]> {
    signal.throwIfAborted();
    const keyById = new Map(targetKeys.map((key) => [key.toLowerCase(), key]));
    const finder = new Finder(this.client, await this.#known(signal));
    return (await finder.find('Id', [...keyById.keys()], signal)).flatMap((record) => foundBy(keyById, record));
  }

  async findByMatch(
    fields: readonly string[],
    values: readonly (readonly string[])[],
    signal: AbortSignal,
  ): Promise<readonly FoundRecord[]> {
    signal.throwIfAborted();
    return new Finder(this.client, await this.#known(signal)).findRows(fields, values, signal);
  }

  async #known(signal: AbortSignal): Promise<KnownStream> {
    const known = await knownStream(this.client, this.request.stream, signal);
    if (known.stream.isReadOnly !== true) return known;
    throw new Failure('read/unknown_stream', {
      message: `Stream \`${known.stream.name}\` cannot be written.`,
      hint: 'Users are made by an administrator of the instance.',
    });
  }
}

/** The same content of the same record. */
function effectOf({ change }: Item): string {
  return `${change.recordKey} ${change.effectKey}`;
}

function foundBy(askedFor: ReadonlyMap<string, string>, record: SourceRecord): FoundRecord[] {
  const asked = askedFor.get(String(record.Id).toLowerCase());
  return asked === undefined ? [] : [foundOf(record, asked)];
}

function lost({ stream }: KnownStream): Outcome {
  return {
    state: 'unknown',
    failure: new Failure('read/bad_answer', {
      message: `\`${stream.name}\` did not answer for this record.`,
      hint: 'The record is sent again, which changes nothing twice.',
      details: { wasSent: true },
    }),
  };
}
