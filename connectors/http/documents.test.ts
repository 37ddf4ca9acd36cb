import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { findProjectFolder } from '../../runtime/project-folder.js';
import { checkService, serviceSchema } from './service.js';

const text = readFileSync(join(findProjectFolder(), 'docs/connectors.md'), 'utf8');

test('the guide names every key of the grammar', () => {
  const missing = [...keysOf(serviceSchema)].filter((key) => !new RegExp(`\\b${key}\\b`).test(text));
  expect(missing).toEqual([]);
});

test('the service in the guide is valid', () => {
  const example = [...text.matchAll(/```yaml\n(service: [\s\S]*?)```/g)].map(([, yaml]) => parse(yaml ?? ''));
  expect(example).toHaveLength(1);
  expect(checkService(example[0])).toEqual([]);
});

function keysOf(schema: unknown, keys = new Set<string>()): ReadonlySet<string> {
  if (typeof schema !== 'object' || schema === null) return keys;
  for (const [name, value] of Object.entries(schema)) {
    if (name === 'properties') for (const key of Object.keys(value as object)) keys.add(key);
    keysOf(value, keys);
  }
  return keys;
}
