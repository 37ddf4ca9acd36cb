import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { generatedFiles, loadDefinition, loadServices, writeGenerated } from './index.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'definitions-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

const codeOf = async (work: Promise<unknown>) => {
  try {
    await work;
    return null;
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
};

describe('loading', () => {
  test('gives the text as it stands', async () => {
    const path = join(folder, 'a.yaml');
    await writeFile(path, 'pipeline: ż\r\n');
    expect(await loadDefinition(path)).toEqual({ file: path, text: 'pipeline: ż\r\n' });
  });

  test('names files that are missing, folders, too large or no text', async () => {
    await writeFile(join(folder, 'large.yaml'), 'x'.repeat(300_000));
    await writeFile(join(folder, 'bytes.yaml'), new Uint8Array([0xff, 0xfe, 0x00]));
    expect(await codeOf(loadDefinition(join(folder, 'none.yaml')))).toBe('definition/not_found');
    expect(await codeOf(loadDefinition(folder))).toBe('definition/not_found');
    expect(await codeOf(loadDefinition(join(folder, 'large.yaml')))).toBe('definition/invalid');
    expect(await codeOf(loadDefinition(join(folder, 'bytes.yaml')))).toBe('definition/invalid');
  });

  test('finds services by the names of their files', async () => {
    const services = join(folder, 'services');
    await mkdir(services);
    await writeFile(join(services, 'rest-crm.yaml'), 'service: rest-crm\n');
    await writeFile(join(services, 'README.md'), '');
    expect([...(await loadServices(services)).keys()]).toEqual(['rest-crm']);
    expect([...(await loadServices(join(folder, 'nowhere'))).keys()]).toEqual([]);
  });
});

describe('generated files', () => {
  const project = join(import.meta.dirname, '..', '..');

  test.each(generatedFiles().map((file) => file.path))('%s is up to date', async (path) => {
    const text = generatedFiles().find((file) => file.path === path)?.text;
    expect(await readFile(join(project, path), 'utf8')).toBe(text);
  });

  test('are written only where they changed', async () => {
    await mkdir(join(folder, 'docs'));
    expect(await writeGenerated(folder)).toEqual(generatedFiles().map((file) => file.path));
    expect(await writeGenerated(folder)).toEqual([]);
  });
});
