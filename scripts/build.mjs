// Builds dist/: the starting points as plain JavaScript and the workflow bundle. Does nothing when dist/ is fresh.
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureCabinet } from './cabinet.mjs';
import { isBuilt, outFolder, project, signatureOfSources, stampPath } from './sources.mjs';

const startingPoints = ['worker.ts', 'server.ts', 'cli.ts', 'main.ts'];
const oldAfterMs = 24 * 3600 * 1000;

/** Small libraries of plain JavaScript go into the build: hundreds of files less to open at each start of the CLI. */
const bundledPackages = [
  '@marcbachmann/cel-js',
  'ajv',
  'big.js',
  'commander',
  'croner',
  'fast-deep-equal',
  'fast-uri',
  'json-schema-traverse',
  'libphonenumber-js',
  'openapi-fetch',
  'openapi-typescript-helpers',
  're2js',
  'temporal-polyfill',
  'temporal-spec',
  'temporal-utils',
  'typebox',
  'uuid',
  'yaml',
];

/** Leaves every package outside the build that is not listed above. */
const externalPackages = {
  name: 'external-packages',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, ({ path }) => {
      const name = path.split('/', path.startsWith('@') ? 2 : 1).join('/');
      return bundledPackages.includes(name) ? null : { path, external: true };
    });
  },
};

if (isBuilt() && !process.argv.includes('--force')) {
  console.log('dist/ is up to date.');
} else {
  const began = performance.now();
  // Taken before reading: a source changed during the build makes the next start build again.
  const signature = signatureOfSources();
  const files = await buildPrograms();
  if (existsSync(join(project, 'workflows', 'index.ts'))) files.push(await buildWorkflows());
  const isForced = process.argv.includes('--force');
  files.push(await ensureCabinet({ isForced }), join(outFolder, 'cabinet.json'));
  removeOldFiles(files);
  writeFileSync(stampPath, `${JSON.stringify({ signature, builtAt: new Date().toISOString() }, null, 2)}\n`);
  console.log(`Built dist/ in ${((performance.now() - began) / 1000).toFixed(1)} s.`);
}

async function buildPrograms() {
  const { build } = await import('esbuild');
  const { metafile } = await build({
    absWorkingDir: project,
    entryPoints: startingPoints.filter((name) => existsSync(join(project, name))),
    outdir: 'dist',
    bundle: true,
    // Shared code stands in chunks, so a command loads only what it imports.
    splitting: true,
    plugins: [externalPackages],
    // For what the bundled libraries still ask for by `require`.
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
    platform: 'node',
    target: 'node20',
    format: 'esm',
    sourcemap: true,
    metafile: true,
    logLevel: 'warning',
  });
  return Object.keys(metafile.outputs).map((path) => join(project, path));
}

async function buildWorkflows() {
  const { bundleWorkflowCode, DefaultLogger } = await import('@temporalio/worker');
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(project, 'workflows', 'index.ts'),
    failureConverterPath: join(project, 'workflows', 'failure-converter.cjs'),
    logger: new DefaultLogger('WARN'),
  });
  const path = join(outFolder, 'workflow-bundle.js');
  writeFileSync(path, code);
  return path;
}

/** Chunks of former builds stay for a day: a process that runs from them may still load one. */
function removeOldFiles(kept) {
  for (const name of readdirSync(outFolder)) {
    const path = join(outFolder, name);
    if (!kept.includes(path) && Date.now() - statSync(path).mtimeMs > oldAfterMs) rmSync(path, { recursive: true });
  }
}
