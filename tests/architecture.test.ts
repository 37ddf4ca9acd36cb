import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { findProjectFolder } from '../runtime/project-folder.js';

/** An import that is allowed by a folder's rule; `types` only as `import type`. */
interface Rule {
  /** Folders or files (without ending) below the project. */
  readonly ours: readonly string[];
  readonly types?: readonly string[];
  /** False: no Node built-in at all. */
  readonly builtins?: readonly string[] | false;
  readonly packages?: readonly string[];
}

/** The starting points: files of the top folder, which alone read the environment and build real objects. */
const starts = ['worker', 'server', 'cli', 'main'];
const startingPoint = 'a starting point';

/** Who may import whom; the longest matching folder decides. Everyone may import `core` and its own folder. */
const table: Readonly<Record<string, Rule>> = {
  core: { ours: [], builtins: false },
  billing: { ours: [] },
  'connectors/kit': { ours: [] },
  connectors: { ours: ['connectors/kit'] },
  'connectors/index': { ours: ['connectors'] },
  'definitions/text': { ours: [], types: ['definitions/check/problems'], builtins: false },
  'definitions/schema': { ours: ['definitions/text'], builtins: false },
  'definitions/plan': { ours: [], builtins: false },
  'definitions/expressions': { ours: ['definitions/text'], types: ['connectors/kit'] },
  'definitions/compile': { ours: ['definitions/plan', 'definitions/expressions', 'definitions/text'] },
  'definitions/check': {
    ours: [
      'definitions/plan',
      'definitions/expressions',
      'definitions/compile',
      'definitions/text',
      'definitions/schema',
    ],
    types: ['connectors/kit'],
  },
  'definitions/load': { ours: ['definitions'], types: ['connectors/kit'] },
  definitions: { ours: ['definitions'], types: ['connectors/kit'] },
  // Its rules run in activities, so a new price rule never breaks a replay.
  workflows: {
    ours: ['definitions/plan'],
    types: ['activities'],
    builtins: ['assert', 'url', 'util'],
    packages: ['@temporalio/workflow', '@temporalio/common'],
  },
  store: { ours: [] },
  telemetry: { ours: [] },
  activities: { ours: ['connectors', 'store', 'definitions', 'billing', 'telemetry', 'workflows/ids', 'languages'] },
  api: {
    ours: [
      'definitions',
      'billing',
      'languages',
      'store',
      'telemetry',
      'connectors/index',
      'connectors/kit',
      'workflows/messages',
      'workflows/ids',
    ],
  },
  languages: { ours: [], builtins: false },
  client: { ours: [], builtins: false },
  cabinet: { ours: ['client', 'definitions/text', 'definitions/schema'] },
  cli: { ours: ['client', 'definitions', 'languages', 'connectors/index', 'connectors/kit', 'sandbox', 'runtime'] },
  runtime: { ours: [] },
  // It must not share a bug with the connector that it judges.
  'sandbox/kit': { ours: [] },
  sandbox: { ours: ['sandbox/kit'] },
  'sandbox/index': { ours: ['sandbox'] },
  'sandbox/main': { ours: ['sandbox'] },
  'sandbox/command-line': { ours: ['sandbox'] },
  assembly: {
    ours: [
      'activities',
      'api',
      'billing',
      'cli',
      'client',
      'connectors',
      'definitions',
      'languages',
      'runtime',
      'sandbox',
      'store',
      'telemetry',
      'workflows',
    ],
  },
  [startingPoint]: {
    ours: ['assembly', 'cli', 'connectors/index', 'main', 'runtime', 'sandbox', 'store', 'telemetry'],
  },
};

/** Not the product: they may import anything. */
const free = ['tests', 'scripts', 'definitions/bench', 'definitions/testing'];
/** The sandbox does not even know the vocabulary of the product. */
const withoutCore = ['core', 'sandbox', 'client'];
const skipped = new Set(['node_modules', 'dist', '.git', '.pipewright', 'cabinet']);

interface Import {
  readonly from: string;
  readonly what: string;
  readonly isType: boolean;
}

const project = findProjectFolder();

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) || entry.name.startsWith('.') ? [] : sources(path);
    return /\.ts$/.test(entry.name) ? [path] : [];
  });
}

function importsOf(path: string): Import[] {
  const text = readFileSync(path, 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '');
  const found: Import[] = [];
  const pattern =
    /(?:^|\n)\s*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/g;
  for (const match of text.matchAll(pattern)) {
    const what = match[2] ?? match[3] ?? '';
    found.push({
      from: nameOf(path),
      what: what.startsWith('.') ? nameOf(resolve(dirname(path), what)) : what,
      isType: match[1] !== undefined,
    });
  }
  return found;
}

function nameOf(path: string): string {
  return relative(project, path)
    .split(sep)
    .join('/')
    .replace(/\.(ts|js|mjs|cjs)$/, '');
}

function isWithin(name: string, folder: string): boolean {
  return name === folder || name.startsWith(`${folder}/`);
}

function ruleFolder(name: string): string | undefined {
  if (starts.includes(name)) return startingPoint;
  return Object.keys(table)
    .filter((folder) => isWithin(name, folder))
    .sort((a, b) => b.length - a.length)[0];
}

/** Why an import is not allowed, null where it is. */
function problemOf({ from, what, isType }: Import): string | null {
  const folder = ruleFolder(from);
  if (folder === undefined) return `${from} stands in no folder of the table`;
  const rule = table[folder] as Rule;
  const refusal = `${from} must not import ${what}${isType ? ' (type)' : ''}`;
  if (!isOurs(what)) return packageProblem(rule, what) ? refusal : null;
  if (isWithin(what, 'assembly')) return isWithin(from, 'assembly') || starts.includes(from) ? null : refusal;
  if (isWithin(what, ownFolder(from, folder))) return null;
  if (isWithin(what, 'core') && !withoutCore.some((name) => isWithin(from, name))) return null;
  if (rule.ours.some((allowed) => isWithin(what, allowed))) return null;
  if (isType && rule.types?.some((allowed) => isWithin(what, allowed))) return null;
  return refusal;
}

function isOurs(what: string): boolean {
  return ruleFolder(what) !== undefined || free.some((folder) => isWithin(what, folder)) || isWithin(what, 'cabinet');
}

/** A vendor's folder is its own world: `connectors/http/streams/contacts` -> `connectors/http`. */
function ownFolder(name: string, folder: string): string {
  return folder === 'connectors' || folder === 'sandbox' ? name.split('/').slice(0, 2).join('/') : folder;
}

function packageProblem(rule: Rule, what: string): boolean {
  const name = what.replace(/^node:/, '');
  if (what.startsWith('node:') || builtinModules.includes(name)) {
    if (rule.builtins === undefined) return false;
    return rule.builtins === false || !rule.builtins.includes(name);
  }
  return rule.packages !== undefined && !rule.packages.includes(what);
}

function isTest(name: string): boolean {
  return /\.test$/.test(name) || /(^|\/)testing(-[a-z]+)*(\/|$)/.test(name);
}

describe('the folders of the project', () => {
  const files = sources(project).map((path) => ({ path, name: nameOf(path) }));
  const product = files.filter(({ name }) => !isTest(name) && !free.some((folder) => isWithin(name, folder)));

  test('import only what the table allows', () => {
    const problems = product
      .flatMap(({ path }) => importsOf(path).map(problemOf))
      .filter((problem) => problem !== null);
    expect(problems).toEqual([]);
  });

  test('never let product code import tests or what stands beside it for tests', () => {
    const imports = product.flatMap(({ path }) => importsOf(path));
    expect(imports.filter(({ what }) => isTest(what) || isWithin(what, 'tests')).map(({ from }) => from)).toEqual([]);
  });

  test('show wrong imports to this test', () => {
    const wrong: Import[] = [
      { from: 'core/json', what: 'node:fs', isType: false },
      { from: 'core/json', what: 'store/runs', isType: true },
      { from: 'connectors/amocrm/client', what: 'connectors/bitrix24/client', isType: false },
      { from: 'connectors/http/client', what: 'store/runs', isType: false },
      { from: 'workflows/pipeline-run', what: 'activities/index', isType: false },
      { from: 'workflows/pipeline-run', what: 'node:fs', isType: false },
      { from: 'workflows/pipeline-run', what: '@temporalio/client', isType: false },
      { from: 'workflows/pipeline-run', what: 'billing/charge', isType: false },
      { from: 'sandbox/amocrm/app', what: 'core/json', isType: false },
      { from: 'sandbox/kit/server', what: 'sandbox/amocrm/app', isType: false },
      { from: 'store/runs', what: 'assembly/engine', isType: false },
      { from: 'api/routes/runs', what: 'workflows/pipeline-run', isType: false },
      { from: 'runtime/postgres', what: 'store/runs', isType: false },
      { from: 'telemetry/log', what: 'store/runs', isType: false },
    ];
    expect(wrong.filter((one) => problemOf(one) === null)).toEqual([]);
    const right: Import[] = [
      { from: 'workflows/pipeline-run', what: 'activities/index', isType: true },
      { from: 'connectors/http/client', what: 'connectors/http/auth', isType: false },
      { from: 'connectors/index', what: 'connectors/http/connector', isType: false },
      { from: 'worker', what: 'assembly/engine', isType: false },
      { from: 'sandbox/amocrm/app', what: 'sandbox/kit/server', isType: false },
    ];
    expect(right.map(problemOf).filter((problem) => problem !== null)).toEqual([]);
  });
});
