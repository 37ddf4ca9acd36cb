import { createConnectors } from '../../../connectors/index.js';
import { checkDefinition } from '../../../definitions/check/index.js';
import { compileExpression } from '../../../definitions/expressions/expression.js';
import { shippedServices } from '../../support/shipped-services.js';
import { computedEscapes, namedEscapes } from '../hostile-expressions.js';
import { atLeast, noted, nothing, type SiegePromise } from '../siege.js';

const record = JSON.parse(
  '{"id":"1","name":"Ann","email":null,"custom":{"note":"x"},"phones":[{"type":"work","value":"1"}],"emails":[]}',
) as Record<string, unknown>;

export default {
  number: 44,
  title: 'Expressions cannot reach the host',
  required: '100 % of escapes refused at check; process, modules, environment unreachable',
  run: async () => {
    const connectors = new Map(createConnectors(shippedServices()).map((connector) => [connector.id, connector]));
    const streams = connectors.get('http')?.declaredStreams({ service: 'rest-crm' }) ?? [];
    const isRefused = (text: string): boolean => {
      const { plan } = checkDefinition(definitionWith(text), {
        file: 'escape.yaml',
        connectors,
        streams: { crm: streams },
      });
      return plan === null;
    };
    const passed = namedEscapes.filter((text) => !isRefused(text));
    const all = [...namedEscapes, ...computedEscapes];
    return [
      atLeast('techniques', all.length, 250),
      nothing(
        'named escapes that pass the check',
        passed.filter((text) => !isOfOpenValue(text)),
      ),
      noted('names on values of any shape, which only evaluation refuses', passed.filter(isOfOpenValue).length),
      // Also without the check: an expression that somehow got there finds nothing.
      nothing(
        'escapes that reach something',
        all.map(reached).filter((what) => what !== null),
      ),
      nothing('changes of the host', changes()),
    ];
  },
} satisfies SiegePromise;

/** Where a vendor may send any field (`custom`, a map written out), the check cannot know names, as with any map. */
function isOfOpenValue(text: string): boolean {
  return /^(record\.custom|\{[^}]*\})[.[]/.test(text) || text.startsWith('{') || /\bx\.constructor/.test(text);
}

function definitionWith(expression: string): string {
  return `
pipeline: escape
title: An escape
connections: { crm: { connector: http }, copy: { connector: http } }
flows:
  contacts:
    from: { stream: crm.contacts }
    map: { name: { expr: ${JSON.stringify(expression)} } }
    to: { stream: copy.contacts, write: upsert }
`;
}

/** What an evaluation gave that is not plain JSON of the record; null where it gave nothing of the host. */
function reached(text: string): string | null {
  const { expression } = compileExpression(text);
  if (expression === null) return null;
  try {
    const value: unknown = expression.evaluate({ record, names: {} });
    return isPlain(value) ? null : `${text} gives ${typeof value}`;
  } catch (error) {
    return isExpected(error) ? null : `${text} throws ${String(error)}`;
  }
}

/** An expression's own failure; a TypeError or ReferenceError would mean that host code was reached. */
function isExpected(error: unknown): boolean {
  return !['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError', 'EvalError'].includes((error as Error).name);
}

function isPlain(value: unknown): boolean {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return true;
  if (Array.isArray(value)) return value.every(isPlain);
  if (typeof value !== 'object') return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  const isRecord = prototype === null || Object.getPrototypeOf(prototype) === null;
  return isRecord && value !== Object.prototype && Object.values(value).every(isPlain);
}

function changes(): string[] {
  const probe: Record<string, unknown> = {};
  return ['polluted', 'isAdmin', 'role'].filter((name) => probe[name] !== undefined);
}
