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
  const read: Read = first in Object.prototype ? (from) => own(from, first) : (from) => from[first];
  const [second, third] = steps(rest, path);
  // Most paths are this short, and a loop costs more than the steps themselves.
  if (second === undefined) return read;
  if (rest.length === 1) return (from) => second(read(from));
  if (rest.length === 2 && third !== undefined) return (from) => third(second(read(from)));
  const within = compilePathWithin(rest, path);
  return (from) => within(read(from));
}

/** The same, starting at any value: the parts of a `split` may be anything. */
export function compilePathWithin(path: Path, whole: Path = path): Step {
  refuseNames(path);
  const all = steps(path, whole);
  return (from) => {
    let value = from;
    for (const step of all) value = step(value);
    return value;
  };
}

/** One step of a path: absent and null stay what they are. */
type Step = (value: JsonValue | undefined) => JsonValue | undefined;

function steps(parts: Path, whole: Path): Step[] {
  const label = showPath(whole);
  return parts.map((part) => (typeof part === 'number' ? indexStep(part, label) : nameStep(part, label)));
}

function indexStep(index: number, label: string): Step {
  return (value) => {
    if (value === undefined || value === null) return value;
    return Array.isArray(value) ? value[index] : wrongKind(label, 'a list', index);
  };
}

function nameStep(name: string, label: string): Step {
  const isInherited = name in Object.prototype;
  return (value) => {
    if (value === undefined || value === null) return value;
    if (typeof value !== 'object' || Array.isArray(value)) return wrongKind(label, 'a map', name);
    return isInherited ? own(value, name) : value[name];
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

function own(from: Readonly<Record<string, JsonValue>>, name: string): JsonValue | undefined {
  return Object.hasOwn(from, name) ? from[name] : undefined;
}

function wrongKind(label: string, wanted: string, part: string | number): never {
  return reject(
    'map/invalid_value',
    `The path \`${label}\` needs ${wanted} before \`${part}\`, but the record has something else there.`,
    'Look at the record, and correct the path.',
  );
}
