import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import examples from '../examples/answers.json' with { type: 'json' };
import { routes } from '../routes/index.js';

const ajv = new Ajv2020({ strict: false, validateFormats: false });
const answers: Readonly<Record<string, Readonly<Record<string, unknown>>>> = examples;

describe('the examples of the OpenAPI document', () => {
  test('every answer that has a schema has one', () => {
    const without = routes.flatMap((spec) =>
      Object.entries(spec.answers)
        .filter(([status, answer]) => answer.schema !== undefined && answers[spec.name]?.[status] === undefined)
        .map(([status]) => `${spec.name} ${status}`),
    );
    expect(without).toEqual([]);
  });

  test('every one fits the schema of its answer', () => {
    const wrong = Object.entries(answers).flatMap(([name, byStatus]) =>
      Object.entries(byStatus).flatMap(([status, example]) => {
        const schema = routes.find((spec) => spec.name === name)?.answers[Number(status)]?.schema;
        if (schema === undefined) return [`${name} ${status} is no answer of a route`];
        const validate = ajv.compile(JSON.parse(JSON.stringify(schema)));
        return validate(example) ? [] : [`${name} ${status}: ${ajv.errorsText(validate.errors)}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  test('none shows a secret, a person or an address of a real run', () => {
    const text = JSON.stringify(examples);
    expect(text).not.toMatch(/127\.0\.0\.1|example\.test|\/tmp\//);
  });
});
