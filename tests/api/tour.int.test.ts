import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { findProjectFolder } from '../../runtime/project-folder.js';
import { type RestCrmSandbox, startRestCrm } from '../../sandbox/rest-crm/sandbox.js';
import { startTestApi, type TestApi } from '../support/api.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';

const project = findProjectFolder();
const records = 200;

/** The code of the tour in docs/api.md, as it stands there. */
function codeOf(language: string): string {
  const text = readFileSync(join(project, 'docs', 'api.md'), 'utf8');
  const tour = text.slice(text.indexOf('## Tour'), text.indexOf('## What holds everywhere'));
  const blocks = [...tour.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))];
  return blocks.map(([, code]) => code).join('\n');
}

describe('the tour of docs/api.md', () => {
  let engine: TestEngine;
  let api: TestApi;
  let old: RestCrmSandbox;
  let fresh: RestCrmSandbox;
  let folder: string;

  beforeAll(async () => {
    [engine, old] = await Promise.all([startTestEngine(), startRestCrm({ seed: 1, records: { contacts: records } })]);
    api = await startTestApi(engine);
    folder = mkdtempSync(join(tmpdir(), 'pipewright-tour-'));
    // Where the tour is run, the client is installed.
    mkdirSync(join(folder, 'node_modules', '@pipewright'), { recursive: true });
    symlinkSync(join(project, 'client'), join(folder, 'node_modules', '@pipewright', 'client'));
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  });

  // Each language moves into an empty CRM of its own.
  beforeEach(async () => {
    fresh = await startRestCrm({ seed: 2 });
  });
  afterEach(async () => {
    await fresh?.stop();
  });

  afterAll(async () => {
    await api?.stop();
    await engine?.stop();
    await old?.stop();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  const run = async (program: string, args: readonly string[]): Promise<string[]> => {
    const child = spawn(program, args, {
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        TMPDIR: folder,
        PIPEWRIGHT_ADDRESS: api.address,
        PIPEWRIGHT_API_KEY: api.key,
        OLD_URL: old.url,
        OLD_TOKEN: old.credentials.token,
        NEW_URL: fresh.url,
        NEW_TOKEN: fresh.credentials.token,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [output, errors] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`ended with ${code}: ${errors}\n${output}`);
    return output.trimEnd().split('\n');
  };

  const contacts = async () => {
    const { streams } = (await (await fetch(`${fresh.control}/counts`)).json()) as { streams: { contacts: number } };
    return streams.contacts;
  };

  const expectResult = (lines: readonly string[]): void => {
    const result = lines.flatMap((line) => (line.startsWith('{"kind"') ? [JSON.parse(line)] : []));
    expect(result.map(({ kind }) => kind)).toEqual(['migration', 'reconciliation', 'end']);
    expect(result[1]).toMatchObject({ flow: 'contacts', read: records, written: records, isBalanced: true });
    expect(result[2]).toMatchObject({ reconciliations: 1, deadLetters: 0 });
  };

  test('runs word for word with curl', async () => {
    const lines = await run('bash', ['-c', codeOf('bash')]);
    expect(lines).toEqual(expect.arrayContaining(['event: end', 'done']));
    expectResult(lines);
    expect(await contacts()).toBe(records);
  });

  test('runs word for word with the TypeScript client', async () => {
    writeFileSync(join(folder, 'tour.ts'), codeOf('ts'));
    const tsx = join(project, 'node_modules', 'tsx', 'dist', 'loader.mjs');
    const lines = await run(process.execPath, ['--conditions=source', '--import', tsx, 'tour.ts']);
    expect(lines).toContain(`done ${records}`);
    expectResult(lines);
    expect(await contacts()).toBe(records);
  });

  test('is written in types that the compiler knows', async () => {
    writeFileSync(join(folder, 'tour.ts'), codeOf('ts'));
    const config = {
      extends: join(project, 'tsconfig.json'),
      compilerOptions: { typeRoots: [join(project, 'node_modules', '@types')], types: ['node'] },
      include: ['tour.ts'],
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    await run(process.execPath, [join(project, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', folder]);
  });
});
