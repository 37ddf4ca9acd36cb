import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { findTemporalBinary, temporalCliVersion } from './temporal-binary.js';

let folder: string;
let lines: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pipewright-binary-'));
  lines = [];
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A program that answers `--version` as the real one does. */
function program(path: string, server: string): string {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, `#!/bin/sh\necho "temporal version 0.0.0-DEV (Server ${server}, UI 2.42.1)"\n`);
  chmodSync(path, 0o755);
  return path;
}

async function find(pathVariable: string): Promise<string> {
  const log = { info: (line: string) => lines.push(line), warn: () => {}, error: () => {} };
  return await findTemporalBinary({ log, env: { PATH: pathVariable, PIPEWRIGHT_CACHE_DIR: join(folder, 'cache') } });
}

describe('the search for the Temporal server', () => {
  test('takes the program on the PATH first and says nothing about it', async () => {
    const found = program(join(folder, 'bin', 'temporal'), '1.29.1');
    program(join(folder, 'cache', 'temporal', temporalCliVersion, 'temporal'), '1.29.1');
    expect(await find(join(folder, 'bin'))).toBe(found);
    expect(lines).toEqual([]);
  });

  test('takes the cached program next, with one line about the miss', async () => {
    const cached = program(join(folder, 'cache', 'temporal', temporalCliVersion, 'temporal'), '1.29.1');
    expect(await find(join(folder, 'empty'))).toBe(cached);
    expect(lines).toEqual(['No Temporal server on the PATH: no program `temporal` there']);
  });

  test('passes over a program whose server is too old', async () => {
    const old = program(join(folder, 'bin', 'temporal'), '1.20.4');
    const cached = program(join(folder, 'cache', 'temporal', temporalCliVersion, 'temporal'), '1.29.1');
    expect(await find(join(folder, 'bin'))).toBe(cached);
    expect(lines).toEqual([`No Temporal server on the PATH: \`${old}\` holds server 1.20, at least 1.27 is needed`]);
  });
});
