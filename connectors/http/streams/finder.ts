import { Failure } from '../../../core/failures.js';
import { keyText, type SourceRecord } from '../../../core/record.js';
import type { ServiceFind, ServiceRead } from '../service.js';
import type { Pages } from './pages.js';

/** Values in one list parameter. */
export const valuesAtOnce = 50;

/** Searches a stream by a field. Some services ignore a filter silently, so every hit is compared here. */
export class Finder {
  constructor(
    readonly pages: Pages,
    readonly stream: string,
    readonly read: ServiceRead,
  ) {}

  canFind(field: string): boolean {
    return Object.hasOwn(this.read.find ?? {}, field);
  }

  /** Records whose field is one of the values; `isCaseless` also takes those that differ in letter case alone. */
  async find(
    field: string,
    values: readonly string[],
    signal: AbortSignal,
    isCaseless = false,
  ): Promise<readonly SourceRecord[]> {
    const rule = this.canFind(field) ? this.read.find?.[field] : undefined;
    if (rule === undefined) throw cannotFind(this.stream, field, Object.keys(this.read.find ?? {}));
    const fold = (text: string): string => (isCaseless ? text.toLowerCase() : text);
    const found: SourceRecord[] = [];
    for (const question of questions(rule, field, [...new Map(values.map((value) => [fold(value), value])).values()])) {
      const wanted = new Set(question.values.map(fold));
      let at: string | null = null;
      do {
        const page = await this.pages.ask(this.read.path, { [question.param]: question.values.join(',') }, at, signal);
        found.push(...page.records.filter((record) => wanted.has(fold(keyText(record[field]) ?? ''))));
        at = page.following;
      } while (at !== null);
    }
    return found;
  }
}

interface Question {
  readonly param: string;
  readonly values: readonly string[];
}

/** The questions that ask for all values: in lists where the service takes lists, a value with a comma by itself. */
function* questions(rule: ServiceFind, field: string, values: readonly string[]): Iterable<Question> {
  const { list, one } = typeof rule === 'string' ? { list: rule, one: undefined } : rule;
  const listed = list === undefined ? [] : values.filter((value) => !value.includes(','));
  for (let start = 0; list !== undefined && start < listed.length; start += valuesAtOnce)
    yield { param: list, values: listed.slice(start, start + valuesAtOnce) };
  for (const value of values) {
    if (list !== undefined && !value.includes(',')) continue;
    if (one === undefined) throw commaInValue(field);
    yield { param: one, values: [value] };
  }
}

function cannotFind(stream: string, field: string, known: readonly string[]): Failure {
  return new Failure('read/unknown_stream', {
    message: `Stream \`${stream}\` cannot be searched by \`${field}\`.`,
    hint: `Fields that can be searched: ${known.join(', ') || 'none'}.`,
  });
}

/** Saying "not found" here would make a duplicate of the record that was not looked for. */
function commaInValue(field: string): Failure {
  return new Failure('definition/invalid', {
    message: `Field \`${field}\` is searched by lists, and a value with a comma does not fit into one.`,
    hint: `Give the service definition a parameter for one value: \`find: { ${field}: { list: ..., one: ... } }\`.`,
  });
}
