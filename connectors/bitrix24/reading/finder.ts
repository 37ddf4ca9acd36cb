import { Failure } from '../../../core/failures.js';
import type { JsonObject, JsonValue } from '../../../core/json.js';
import { patiently } from '../../kit/patience.js';
import { batchSize, type Command, isFailed, type PortalClient } from '../client.js';
import { idOf, isAfter, type ListFilter, type ListMethod, pageCommand, pageRows, rowsOf } from './list.js';

/**
 * Values in one filter: a page's worth of ids, which never need a second page. Of others one less: where each value
 * has its one row, the page is short, and nobody needs to ask whether more follow.
 */
const idsAtOnce = pageRows;
const valuesAtOnce = pageRows - 1;

/** Searches lists in bulk: 50 filters of 50 values in one request. */
export class Finder {
  constructor(
    readonly client: PortalClient,
    readonly list: ListMethod,
  ) {}

  /** Rows whose field is one of the values as the portal sees it: it ignores letter case, and some filters wholly. */
  async rows(
    filterField: string,
    values: readonly string[],
    more: ListFilter,
    signal: AbortSignal,
    fits?: (row: JsonObject) => boolean,
  ): Promise<JsonObject[]> {
    const distinct = [...new Set(values)];
    const filters: ListFilter[] = [];
    const atOnce = filterField === this.list.filterId ? idsAtOnce : valuesAtOnce;
    for (let start = 0; start < distinct.length; start += atOnce)
      filters.push({ ...more, ...oneOf(filterField, distinct.slice(start, start + atOnce)) });
    return this.all(filters, signal, fits);
  }

  /**
   * All rows of several filters, page after page. `fits` tells the rows that were asked for: some lists take a filter
   * that they do not know for none and give everything, which ends here.
   */
  async all(
    filters: readonly ListFilter[],
    signal: AbortSignal,
    fits: (row: JsonObject) => boolean = () => true,
  ): Promise<JsonObject[]> {
    const found: JsonObject[] = [];
    let open: { filter: ListFilter; after: string | null }[] = filters.map((filter) => ({ filter, after: null }));
    while (open.length > 0) {
      const asked = open.slice(0, batchSize);
      const further = open.slice(batchSize);
      const commands: Command[] = asked.map(({ filter, after }) => pageCommand(this.list, filter, after));
      const answers = await ask(this.client, commands, signal);
      answers.forEach((rows, index) => {
        const page = rowsOf(this.list, rows);
        const hits = page.filter(fits);
        if (hits.length === 0 && page.length >= pageRows) throw ignoredFilter(this.list.method);
        found.push(...hits);
        const [first, last] = [page[0], page.at(-1)];
        const question = asked[index];
        if (first === undefined || last === undefined || question === undefined) return;
        // A page that begins where its question does not was given whatever was asked: there would be no end.
        if (question.after !== null && !isAfter(idOf(this.list, first), question.after))
          throw ignoredFilter(this.list.method);
        if (page.length >= pageRows && !this.#asksForIds(question.filter))
          further.push({ filter: question.filter, after: idOf(this.list, last) });
      });
      open = further;
    }
    return found;
  }

  /** Up to 50 ids have no second page. */
  #asksForIds(filter: ListFilter): boolean {
    return Object.keys(filter).some((name) => name === `@${this.list.filterId}` || name === `=${this.list.filterId}`);
  }
}

/** A question is one of many: it is asked again by itself, so that the answers to the others stay. */
const tries = 4;

/** Results of commands that are harmless to repeat, in one request; the first failure among them is thrown. */
export function ask(client: PortalClient, commands: readonly Command[], signal: AbortSignal): Promise<JsonValue[]> {
  return patiently(() => askOnce(client, commands, signal), signal, tries);
}

async function askOnce(client: PortalClient, commands: readonly Command[], signal: AbortSignal): Promise<JsonValue[]> {
  const [only] = commands;
  if (commands.length === 1 && only !== undefined)
    return [(await client.call(only.method, only.params as JsonObject, { signal })).result];
  const answers = await client.batch(commands, { signal });
  return answers.map((answer) => {
    if (isFailed(answer)) throw answer.failure;
    return answer.result;
  });
}

function ignoredFilter(method: string): Failure {
  return new Failure('read/refused', {
    message: `Bitrix24 does not filter \`${method}\` by this field: it gave records that were not asked for.`,
    hint: 'Search by another field, e.g. `ID`.',
    details: { wasSent: false },
  });
}

/** One value is asked for by itself, several by a list. */
export function oneOf(field: string, values: readonly string[]): ListFilter {
  const [only] = values;
  return values.length === 1 && only !== undefined ? { [`=${field}`]: only } : { [`@${field}`]: [...values] };
}
