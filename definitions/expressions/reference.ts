import type { Example, FunctionDeclaration, Parameter } from './functions/kinds.js';
import { functionGroups, specialForms } from './functions/table.js';
import { type ExprType, typeName } from './types.js';

const intro = `# Expressions

<!-- Made by definitions/load/write-generated.ts from the function table; change that, not this file. -->

An expression is one line of CEL that gives the value of a field, a filter or a requirement. It sees \`record\` (the
source record, fields by their own names: \`record.TITLE\`, \`record['a b']\`, \`record.PHONE[0].VALUE\`) and the names made
by the steps before it. There are no loops, no clock and no network; \`pipewright check\` checks names and types.

- Text stands in quotes. Whole numbers and numbers with a fraction may be mixed; a whole number divided by a whole number
  stays whole (\`7 / 2\` is 3). Numbers of records count as numbers with a fraction.
- Money, decimals, ids and codes are text. Calculate with \`add\`, \`subtract\`, \`multiply\`, \`divide\`, \`round\`, \`sum\`; they
  are exact. Dates are text too: \`2025-03-01\`, \`2025-03-01T10:00:00+01:00\`.
- Operators: \`+ - * / %\`, \`== != < <= > >=\`, \`&& || !\`, \`test ? yes : no\`, \`in\`, lists \`[a, b]\`, maps \`{'a': 1}\`.
  \`+\` joins text to text and list to list. Text never equals a number.
- A function whose first value is null gives null. A missing field is an error, unless \`default(...)\`, \`coalesce(...)\`,
  \`has(...)\` or the field's own \`default:\` takes care of it. In \`&&\` and \`||\` a side that decides makes an error of the
  other side harmless.
- Every function may also be written behind its first value: \`record.NAME.trim()\` is \`trim(record.NAME)\`.
- Limits: 10,000 characters, 500 parts, 32 levels, 4 of \`all exists exists_one filter map\`, nested at most twice; on one
  record 100,000 steps and 1 MB of new text. What goes over them is refused, never cut.
`;

/** The text of docs/expressions.md. */
export function expressionReference(): string {
  const parts = [intro];
  parts.push('## What is evaluated only when needed\n');
  for (const { form, sentence, examples } of specialForms) parts.push(entry(form, sentence, examples));
  for (const { title, functions } of functionGroups) {
    parts.push(`## ${title}\n`);
    for (const declaration of functions)
      parts.push(entry(signature(declaration), declaration.sentence, declaration.examples));
  }
  return `${parts.join('\n').trimEnd()}\n`;
}

function entry(form: string, sentence: string, examples: readonly Example[]): string {
  const lines = examples.map(([expression, value, record]) => {
    const given = record ? `, with ${code(record)}` : '';
    return `- \`${expression}\` is ${code(value)}${given}`;
  });
  return [`### \`${form}\``, '', sentence, '', ...lines, ''].join('\n');
}

const code = (value: unknown) => `\`${JSON.stringify(value)}\``;

/** `phone(text, region?) -> text`. */
function signature(declaration: FunctionDeclaration): string {
  const parameters = declaration.parameters.map(
    (each) => `${each.name}${each.isOptional ? '?' : ''}: ${kindNames[each.kind]}`,
  );
  const { returns } = declaration;
  const result = typeof returns === 'function' ? 'as given' : resultName(returns);
  return `${declaration.name}(${parameters.join(', ')}): ${result}`;
}

const kindNames: Readonly<Record<Parameter['kind'], string>> = {
  text: 'text',
  number: 'number',
  bool: 'true or false',
  list: 'list',
  decimal: 'decimal',
  moment: 'date or time',
  any: 'any value',
};

const resultName = (type: ExprType) => typeName(type).replace(/^an? /, '');
