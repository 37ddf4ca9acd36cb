import { Failure } from '../../core/failures.js';
import type { JsonValue } from '../../core/json.js';
import type { Path } from '../plan/plan.js';
import { reject } from './failures.js';

/** The value at a path: undefined where absent, null where it or anything before it is null. */
export type Read = (from: Readonly<Record<string, JsonValue>>) => JsonValue | undefined;

const refusedNames: ReadonlySet<string | number> = new Set(['__proto__', 'constructor', 'prototype']);

/** A path as a function. Throws for parts that would reach into prototypes. */
export function compilePath(path: Path): Read {
  refuseNames(path);
  const [first, ...rest] = path;
  if (typeof first !== 'string') throw invalidPath(path);
  if (rest.length === 0) return isInherited(first) ? (from) => own(from, first) : (from) => from[first];
  const label = showPath(path);
  return (from) => {
    let value: JsonValue | undefined = isInherited(first) ? own(from, first) : from[first];
    for (const part of rest) {
      if (value === undefined || value === null) return value;
      value = step(value, part, label);
    }
    return value;
  };
}

/** The same, starting at any value: the parts of a `split` may be anything. */
export function compilePathWithin(path: Path): (from: JsonValue) => JsonValue | undefined {
  refuseNames(path);
  const label = showPath(path);
  return (from) => {
    let value: JsonValue | undefined = from;
    for (const part of path) {
      if (value === undefined || value === null) return value;
      value = step(value, part, label);
    }
    return value;
  };
}

export function showPath(path: Path): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`;
      if (!/^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(part)) return `['${part}']`;
      return index === 0 ? part : `.${part}`;
    })
    .join('');
}

export function refuseNames(path: Path): void {
  for (const part of path) if (refusedNames.has(part)) throw invalidPath(path);
}

function invalidPath(path: Path): Failure {
  return new Failure('definition/invalid', {
    message: `The path \`${showPath(path)}\` cannot be used.`,
    hint: 'Check the definition with `pipewright check`.',
  });
}

const isInherited = (name: string) => name in Object.prototype;

function own(from: Readonly<Record<string, JsonValue>>, name: string): JsonValue | undefined {
  return Object.hasOwn(from, name) ? from[name] : undefined;
}

function step(value: JsonValue, part: string | number, label: string): JsonValue | undefined {
  if (typeof part === 'number') {
    if (Array.isArray(value)) return value[part];
  } else if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return isInherited(part) ? own(value, part) : value[part];
  }
  const wanted = typeof part === 'number' ? 'a list' : 'a map';
  return reject(
    'map/invalid_value',
    `The path \`${label}\` needs ${wanted} before \`${part}\`, but the record has something else there.`,
    'Look at the record, and correct the path.',
  );
}
