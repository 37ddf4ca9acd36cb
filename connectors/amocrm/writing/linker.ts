import { type Failure, isFailure } from '../../../core/failures.js';
import type { JsonObject } from '../../../core/json.js';
import { keyText } from '../../../core/record.js';
import type { SendOptions } from '../../kit/index.js';
import { isRefusal, notUnderstood } from '../client.js';
import { Finder } from '../reading/finder.js';
import { RecordList } from '../reading/list.js';
import { streamOf } from '../streams/index.js';
import { ExistingIds } from './existing-ids.js';
import type { Item } from './items.js';
import { type LinkStep, linkBody, stepsOf } from './links.js';
import { forGroup, Stopped } from './outcomes.js';
import type { Written } from './writer.js';

const stepsAtOnce = 50;

/** Makes the relations of records that were written, fifty a request, and takes away those that are over. */
export class Linker {
  readonly exists: ExistingIds;

  constructor(readonly list: RecordList) {
    this.exists = new ExistingIds(list.account.client);
  }

  /**
   * New records whose relations can only be made afterwards, and which name a record that is not there: refused before
   * they are made, since a record that was made cannot be taken back.
   */
  async refuseDeadEnds(items: readonly Item[], signal: AbortSignal): Promise<ReadonlyMap<Item, string>> {
    const refusals = new Map<Item, string>();
    const fresh = items.filter(({ targetKey, links }) => targetKey === null && links !== null);
    for (const link of this.list.stream.links) {
      if (link.kind === 'elements') continue;
      const ids = new Set(fresh.flatMap(({ links }) => links?.get(link.field)?.rows.map(({ id }) => id) ?? []));
      const missing = await this.#missing(link.to, [...ids], signal);
      if (missing.size === 0) continue;
      for (const item of fresh) {
        const dead = item.links?.get(link.field)?.rows.find(({ id }) => missing.has(id));
        if (dead !== undefined) refusals.set(item, `\`${link.field}\` names \`${dead.id}\`, which is not there`);
      }
    }
    return refusals;
  }

  async #missing(to: string, ids: readonly string[], signal: AbortSignal): Promise<ReadonlySet<string>> {
    const unknown = ids.filter((id) => !this.exists.has(to, id));
    if (unknown.length === 0) return new Set();
    const finder = new Finder(new RecordList(this.list.account, streamOf(to)));
    const found = await forGroup([], signal, () => finder.find('id', unknown, signal));
    for (const record of found) this.exists.add(to, keyText(record.id) ?? '');
    return new Set(unknown.filter((id) => !this.exists.has(to, id)));
  }

  /** Throws `Stopped` where a request got no answer: then nothing is in doubt, since a repeat does no harm. */
  async link(
    written: readonly Written[],
    options: SendOptions,
    refuse: (item: Item, words: string) => void,
  ): Promise<void> {
    const linked = written.filter(({ item }) => item.links !== null);
    if (linked.length === 0) return;
    try {
      const present = await this.#present(linked, options.signal);
      const steps = linked.map((each) => {
        const { links } = each.item;
        const of =
          links === null
            ? { link: [], unlink: [] }
            : stepsOf(this.list.stream, each.key, links, present.get(each.key) ?? null);
        return { ...each, ...of };
      });
      // What is over goes first: a lead has one company at a time.
      await this.#all(
        'unlink',
        steps.map(({ item, unlink }) => ({ item, steps: unlink })),
        options,
        refuse,
      );
      await this.#all(
        'link',
        steps.map(({ item, link }) => ({ item, steps: link })),
        options,
        refuse,
      );
    } catch (error) {
      if (options.signal.aborted || !isFailure(error)) throw error;
      throw new Stopped(error, [], true);
    }
  }

  /** Records that were changed, as they are now; new ones have no relations yet, or only those that they shall have. */
  async #present(linked: readonly Written[], signal: AbortSignal): Promise<ReadonlyMap<string, JsonObject>> {
    const keys = linked.filter(({ item }) => item.targetKey !== null && !item.isMade).map(({ key }) => key);
    const records = keys.length === 0 ? [] : await new Finder(this.list).find('id', keys, signal);
    return new Map(records.map((record) => [keyText(record.id) ?? '', record]));
  }

  async #all(
    verb: 'link' | 'unlink',
    work: readonly { readonly item: Item; readonly steps: readonly LinkStep[] }[],
    options: SendOptions,
    refuse: (item: Item, words: string) => void,
  ): Promise<void> {
    const all = work.flatMap(({ item, steps }) => steps.map((step) => ({ item, step })));
    for (let start = 0; start < all.length; start += stepsAtOnce) {
      const some = all.slice(start, start + stepsAtOnce);
      const failure = await this.#request(
        verb,
        some.map(({ step }) => step),
        options,
      );
      if (failure === null) continue;
      // One bad relation refuses them all: each is tried by itself.
      for (const { item, step } of some) {
        const own = some.length === 1 ? failure : await this.#request(verb, [step], options);
        if (own !== null && verb === 'link')
          refuse(item, `the relation to \`${step.toType}\` \`${step.row.id}\`: ${own.message}`);
      }
    }
  }

  /** Null when it is done. */
  async #request(verb: 'link' | 'unlink', steps: readonly LinkStep[], options: SendOptions): Promise<Failure | null> {
    const { client } = this.list.account;
    const { stream } = this.list;
    const body = steps.map((step) => linkBody(stream, step));
    const answer = await client.send({ method: 'POST', path: `${stream.path}/${verb}`, body, ...options });
    if (answer.status < 300) {
      // A page with status 200 is no answer; an empty one only tells of what was taken away.
      if (client.bodyOf(answer) === null && verb === 'link') throw notUnderstood(answer.status);
      return null;
    }
    const failure = client.failureOf(answer);
    if (isRefusal(failure)) return failure;
    throw failure;
  }
}
