import type { Json } from '../../kit/json.js';
import type { CreatioSettings } from '../switches.js';
import { QueryProblem } from './problems.js';
import type { Term } from './terms.js';

interface FunctionSpec {
  readonly takes: readonly string[];
  readonly gives: string;
  readonly does: (values: readonly string[], isInsensitive: boolean) => Json;
}

const TEXT = 'Edm.String';
const MOMENT = 'Edm.DateTimeOffset';

const part = (from: number, to: number): FunctionSpec => ({
  takes: [MOMENT],
  gives: 'Edm.Int32',
  does: ([moment = '']) => Number(moment.slice(from, to)),
});

const search = (found: (text: string, part: string) => boolean): FunctionSpec => ({
  takes: [TEXT, TEXT],
  gives: 'Edm.Boolean',
  does: ([text = '', piece = ''], isInsensitive) =>
    isInsensitive ? found(text.toLowerCase(), piece.toLowerCase()) : found(text, piece),
});

const FUNCTIONS: Readonly<Record<string, FunctionSpec>> = {
  contains: search((text, piece) => text.includes(piece)),
  startswith: search((text, piece) => text.startsWith(piece)),
  endswith: search((text, piece) => text.endsWith(piece)),
  tolower: { takes: [TEXT], gives: TEXT, does: ([text = '']) => text.toLowerCase() },
  toupper: { takes: [TEXT], gives: TEXT, does: ([text = '']) => text.toUpperCase() },
  trim: { takes: [TEXT], gives: TEXT, does: ([text = '']) => text.trim() },
  length: { takes: [TEXT], gives: 'Edm.Int32', does: ([text = '']) => text.length },
  indexof: { takes: [TEXT, TEXT], gives: 'Edm.Int32', does: ([text = '', piece = '']) => text.indexOf(piece) },
  year: part(0, 4),
  month: part(5, 7),
  day: part(8, 10),
  hour: part(11, 13),
  minute: part(14, 16),
  second: part(17, 19),
};

/** The value of a function of a filter. Throws QueryProblem for an unknown one or wrong arguments. */
export function callTerm(name: string, given: readonly Term[], settings: CreatioSettings): Term {
  const spec = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (spec === undefined)
    throw new QueryProblem(
      `An unknown function with name '${name}' was found. This may also be a function import or a key lookup on a navigation property, which is not allowed.`,
    );
  const isWrong = given.length !== spec.takes.length || given.some(({ edm }, index) => edm !== spec.takes[index]);
  if (isWrong)
    throw new QueryProblem(
      `No function signature for the function with name '${name}' matches the specified arguments.`,
    );
  const isInsensitive = settings.case === 'insensitive';
  return {
    edm: spec.gives,
    value: (record) => {
      const values = given.map((term) => term.value(record));
      if (values.some((value) => value === null)) return null;
      return spec.does(values.map(String), isInsensitive);
    },
  };
}
