import { describe, expect, test } from '@jest/globals';
import type { TFunction } from 'i18next';
import { isMap } from '../known.js';
import { parsedText } from '../parsed.js';
import { nodesOf } from './drawn.js';
import { keptNodes } from './kept-nodes.js';
import { type Graph, graphOf } from './parts.js';
import { keptGraph } from './steady.js';

const text = `pipeline: copy
connections:
  crm: { connector: http }
  shop: { connector: http }
flows:
${['a', 'b', 'c'].map((name) => `  ${name}:\n    from: { stream: crm.${name} }\n    map:\n      name: NAME\n    to: { stream: shop.${name} }\n`).join('')}`;

const t = ((key: string, more?: { count?: number }) => `${key} ${more?.count ?? ''}`) as TFunction;

function graph(of: string): Graph {
  const root: unknown = parsedText(of).tree?.value;
  return graphOf(isMap(root) ? root : {});
}

function nodes(of: Graph) {
  return nodesOf({ graph: of, chosen: null, positions: {}, trouble: new Map() }, t);
}

describe('the picture after a key', () => {
  const before = graph(text);
  const drawn = nodes(before);

  test('has the same nodes where only a comment was written', () => {
    const next = keptGraph(before, graph(`${text}# a comment\n`));
    expect(next).toBe(before);
  });

  test('has a new node for the map that got a field, and the same ones for all else', () => {
    const longer = text.replace('stream: crm.b }\n    map:\n', 'stream: crm.b }\n    map:\n      more: MORE\n');
    const next = keptGraph(before, graph(longer));
    const kept = keptNodes(drawn, nodes(next));
    expect(kept.filter((node, index) => node !== drawn[index]).map(({ id }) => id)).toEqual(['map:b:0']);
  });

  test('keeps what was measured of a node that has changed', () => {
    const measured = drawn.map((node) => ({ ...node, measured: { width: 7, height: 8 } }));
    const renamed = keptGraph(before, graph(text.replace('stream: shop.c', 'stream: shop.other')));
    const target = keptNodes(measured, nodes(renamed)).find(({ id }) => id === 'target:c:0');
    expect(target?.data.detail).toBe('shop.other');
    expect(target?.measured).toEqual({ width: 7, height: 8 });
  });
});
