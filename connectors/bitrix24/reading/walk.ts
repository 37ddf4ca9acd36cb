import { isJsonObject, type JsonObject, type JsonValue } from '../../../core/json.js';
import { badAnswer } from '../answers.js';
import { batchSize, type CommandAnswer, isFailed, type PortalClient } from '../client.js';
import {
  chainCommands,
  idOf,
  isAfter,
  type ListFilter,
  type ListMethod,
  pageCommand,
  pageRows,
  rowsOf,
} from './list.js';

/** Where a walk in the order of ids stands. */
export interface WalkPlace {
  readonly after: string;
  /** How many rows may be left, as the portal counted at the beginning. */
  readonly left: number;
}

export interface WalkPage {
  readonly rows: readonly JsonObject[];
  readonly next: WalkPlace | null;
  readonly portalMs: number | null;
}

/**
 * Walks a list in the order of ids, 50 rows at first, then up to 2,500 in one batch whose commands go on from each
 * other. Rows that come or go meanwhile move nothing: a page begins after an id, not at a number of rows.
 */
export class Walk {
  constructor(
    readonly client: PortalClient,
    readonly list: ListMethod,
    /** Pages of the list in one request: fewer where each of them leads to requests of its own. */
    readonly pagesAtOnce = batchSize,
  ) {}

  async page(filter: ListFilter, place: WalkPlace | null, signal: AbortSignal): Promise<WalkPage> {
    return place === null ? this.#first(filter, signal) : this.#chain(filter, place, signal);
  }

  async #first(filter: ListFilter, signal: AbortSignal): Promise<WalkPage> {
    const { method, params } = pageCommand(this.list, filter, null, true);
    const answer = await this.client.call(method, params as JsonObject, { signal });
    const rows = rowsOf(this.list, answer.result);
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageRows) return { rows, next: null, portalMs: answer.portalMs };
    const left = Math.max(0, (answer.total ?? batchSize * pageRows) - rows.length);
    return { rows, next: { after: idOf(this.list, last), left }, portalMs: answer.portalMs };
  }

  async #chain(filter: ListFilter, place: WalkPlace, signal: AbortSignal): Promise<WalkPage> {
    // One more than the count needs: its short page tells that this was the end.
    const count = Math.min(this.pagesAtOnce, Math.floor(place.left / pageRows) + 1);
    const answers = await this.client.batch(chainCommands(this.list, filter, place.after, count), { signal });
    const { rows, isEnd } = this.#joined(answers, place.after);
    const last = rows.at(-1);
    if (isEnd || last === undefined) return { rows, next: null, portalMs: null };
    const left = Math.max(0, place.left - rows.length);
    return { rows, next: { after: idOf(this.list, last), left }, portalMs: null };
  }

  /**
   * The rows of a chain up to its first short page; what stands behind that began nowhere. Where a page does not go
   * on after the one before it (an error, a reference that the portal did not follow), the next request does.
   */
  #joined(answers: readonly CommandAnswer[], after: string): { rows: JsonObject[]; isEnd: boolean } {
    const rows: JsonObject[] = [];
    let edge = after;
    for (const [index, answer] of answers.entries()) {
      if (isFailed(answer)) {
        if (index === 0) throw answer.failure;
        break;
      }
      const page = rowsOf(this.list, answer.result);
      const first = page[0];
      if (first !== undefined && !isAfter(idOf(this.list, first), edge)) {
        if (index === 0) throw badAnswer(this.list.method, 'records that were not asked for');
        break;
      }
      rows.push(...page);
      const last = page.at(-1);
      if (last === undefined || page.length < pageRows) return { rows, isEnd: true };
      edge = idOf(this.list, last);
    }
    return { rows, isEnd: false };
  }
}

export function parseWalkPlace(value: JsonValue | undefined): WalkPlace | null {
  if (!isJsonObject(value) || typeof value.after !== 'string') return null;
  return { after: value.after, left: typeof value.left === 'number' ? value.left : 0 };
}
