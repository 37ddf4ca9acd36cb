import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { openApiDocument } from '../../api/http/openapi.js';
import { startTestApi, type TestApi } from '../support/api.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';
import { crooked, fitting, type Schema } from '../support/from-schema.js';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly schema: Schema;
}

interface Operation {
  readonly operationId: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: Schema } } };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>;
}

interface Case {
  readonly path: string;
  readonly body: unknown;
}

const casesForEach = 6;
const document = openApiDocument('http://127.0.0.1', '1') as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);
/** These answer as long as the client listens. */
const isStream = ({ responses }: Operation): boolean =>
  Object.values(responses).some(({ content }) => content?.['text/event-stream'] !== undefined);

/** Requests for one operation: all of it fits, or one part of it is crooked. */
function casesOf(path: string, { parameters, requestBody }: Operation): fc.Arbitrary<Case> {
  const text = (schema: Schema) =>
    fc.oneof({ arbitrary: fitting(schema), weight: 3 }, { arbitrary: fc.string({ maxLength: 80 }), weight: 1 });
  const given = parameters.filter((parameter) => parameter.in !== 'header');
  const values = fc.record(Object.fromEntries(given.map(({ name, schema }) => [name, text(schema)])), {
    requiredKeys: given.filter(({ required }) => required).map(({ name }) => name) as never[],
  });
  const schema = requestBody?.content['application/json'].schema;
  const bodies = schema === undefined ? fc.constant(undefined) : fc.oneof(fitting(schema), crooked(schema));
  return fc.tuple(values, bodies).map(([record, body]) => {
    const of = record as Readonly<Record<string, unknown>>;
    const filled = path.replace(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(String(of[name])) || '%20');
    const query = new URLSearchParams();
    for (const { name } of given.filter((parameter) => parameter.in === 'query')) {
      if (of[name] !== undefined) for (const one of [of[name]].flat()) query.append(name, String(one));
    }
    return { path: query.size === 0 ? filled : `${filled}?${query}`, body };
  });
}

describe('the API under requests made from its own document', () => {
  const seed = jest.getSeed();
  let engine: TestEngine;
  let api: TestApi;

  beforeAll(async () => {
    engine = await startTestEngine({ hasWorker: false });
    api = await startTestApi(engine);
  });

  afterAll(async () => {
    await api?.stop();
    await engine?.stop();
  });

  test(`never fails, and answers only as documented (seed ${seed})`, async () => {
    const odd: string[] = [];
    let sent = 0;
    for (const { path, method, operation } of operations) {
      if (isStream(operation)) continue;
      for (const { path: address, body } of fc.sample(casesOf(path, operation), { numRuns: casesForEach, seed })) {
        sent += 1;
        // Every answer is held against its schema by the caller.
        const answer = await api.call(method.toUpperCase(), address, body).catch((error: unknown) => String(error));
        const what = `${method} ${address} ${JSON.stringify(body)?.slice(0, 300)}`;
        if (typeof answer === 'string') odd.push(`${what}: ${answer}`);
        else if (answer.status >= 500) odd.push(`${what}: ${answer.status} ${answer.text}`);
        else if (!(answer.status in operation.responses) && answer.body?.code !== 'api/not_found') {
          odd.push(`${what}: ${answer.status} ${answer.text} is not documented`);
        }
      }
    }
    expect(odd).toEqual([]);
    expect(sent).toBeGreaterThan(casesForEach * 50);
  }, 180_000);
});
