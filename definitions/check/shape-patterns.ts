import type { ErrorObject } from 'ajv/dist/2020.js';
import { durationPattern, nameIdPattern, pipelineIdPattern, sharePattern, streamPattern } from '../schema/forms.js';
import type { TextPath } from '../text/problem.js';
import type { ProblemCode } from './problems.js';
import type { ShapeProblem } from './shape.js';

interface Form {
  readonly code: ProblemCode;
  readonly what: string;
  readonly hint: string;
}

/** What each pattern of the grammar means, in words. */
const forms: Readonly<Record<string, Form>> = {
  [durationPattern]: {
    code: 'definition/bad_duration',
    what: 'a length of time',
    hint: 'Write a whole number with ms, s, m, h or d, such as `5m` or `30d`.',
  },
  [sharePattern]: { code: 'definition/bad_duration', what: 'a share', hint: 'Write a percentage such as `5%`.' },
  [streamPattern]: {
    code: 'definition/bad_path',
    what: 'a stream',
    hint: 'Write `<slot>.<stream>`, such as `crm.deals`, with the name of a slot under `connections`.',
  },
  [pipelineIdPattern]: {
    code: 'definition/bad_name',
    what: 'an id in kebab-case',
    hint: 'Use small letters, digits and single dashes, such as `bitrix-to-amo`.',
  },
  [nameIdPattern]: {
    code: 'definition/bad_name',
    what: 'a name in snake_case',
    hint: 'Use small letters, digits and underscores, beginning with a letter, such as `main_contact`.',
  },
};

const other: Form = {
  code: 'definition/bad_name',
  what: 'in the form that is needed here',
  hint: 'See docs/definitions.md.',
};

export function patternProblem(error: ErrorObject, path: TextPath): ShapeProblem {
  if (error.keyword === 'propertyNames') {
    const name = String((error.params as { propertyName?: unknown }).propertyName);
    const pattern = (error.schema as { pattern?: unknown } | undefined)?.pattern;
    const form = forms[String(pattern)] ?? other;
    const at = [...path, name];
    return {
      code: 'definition/bad_name',
      path: at,
      // What stands under a bad name is still looked at.
      prune: null,
      at: 'key',
      message: `The name \`${name.slice(0, 60)}\` is not ${form.what}.`,
      hint: form.hint,
    };
  }
  const pattern = String((error.params as { pattern?: unknown }).pattern);
  const form = forms[pattern] ?? (pattern === '^[A-Z]{2}$' ? region : other);
  const text = String(error.data).slice(0, 60);
  return { code: form.code, path, prune: path, message: `\`${text}\` is not ${form.what}.`, hint: form.hint };
}

const region: Form = {
  code: 'definition/wrong_value',
  what: 'a country',
  hint: 'Write the two capital letters of the country, such as `PL`.',
};
