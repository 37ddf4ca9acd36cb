// Builds the web pages into dist/cabinet when they are older than their sources; one process at a time. The build runs
// in a process of its own: the bundler would stay in memory, and what is built must not follow the caller's NODE_ENV.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { outFolder, project } from './sources.mjs';

const folder = join(outFolder, 'cabinet');
const stampPath = join(outFolder, 'cabinet.json');
const lockPath = join(outFolder, 'cabinet.lock');
/** What the pages are made of; the typed client and the reader of definitions are ours too. */
const sourceFolders = ['cabinet', 'client', 'definitions'];
const oldAfterMs = 24 * 3600 * 1000;
const lockWaitMs = 120_000;
/** A smaller file fits into one packet of the network either way. */
const leastPacked = 1_400;

/** The folder of the built pages. */
export async function ensureCabinet({ isForced = false } = {}) {
  if (!isForced && isFresh()) return folder;
  mkdirSync(outFolder, { recursive: true });
  const unlock = await lock();
  try {
    // Another process may have built it meanwhile.
    if (isForced || !isFresh()) await buildApart();
  } finally {
    unlock();
  }
  return folder;
}

async function buildApart() {
  const env = { ...process.env, NODE_ENV: 'production', NODE_OPTIONS: '' };
  const child = spawn(process.execPath, [import.meta.filename], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors = (errors + text).slice(-4_000);
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`The pages cannot be built: ${errors.trim()}`);
}

async function buildCabinet() {
  // Taken before reading: a source changed during the build makes the next one build again.
  const signature = signatureOfCabinet();
  const { build } = await import('vite');
  const { output } = await build({ configFile: join(project, 'cabinet', 'vite.config.ts'), logLevel: 'warn' });
  const kept = new Set(output.map(({ fileName }) => fileName));
  packAssets(kept);
  removeOldAssets(kept);
  writeFileSync(stampPath, JSON.stringify({ signature }));
}

/** Text packs to a quarter; done once here, and not again for each browser. */
function packAssets(names) {
  for (const name of [...names].filter((each) => /^assets\/.*\.(js|css|svg)$/.test(each))) {
    const bytes = readFileSync(join(folder, name));
    if (bytes.length < leastPacked) continue;
    const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    for (const [suffix, packed] of [
      ['.br', brotliCompressSync(bytes, { params })],
      ['.gz', gzipSync(bytes, { level: 9 })],
    ]) {
      writeFileSync(join(folder, `${name}${suffix}`), packed);
      names.add(`${name}${suffix}`);
    }
  }
}

/** Files of former builds stay for a day: a page that was opened before may still load one. */
function removeOldAssets(kept) {
  for (const name of readdirSync(join(folder, 'assets'))) {
    const path = join(folder, 'assets', name);
    if (!kept.has(`assets/${name}`) && Date.now() - statSync(path).mtimeMs > oldAfterMs) rmSync(path, { force: true });
  }
}

function isFresh() {
  try {
    const { signature } = JSON.parse(readFileSync(stampPath, 'utf8'));
    return existsSync(join(folder, 'index.html')) && signature === signatureOfCabinet();
  } catch {
    return false;
  }
}

/** Changes with any source's name or content; times differ between checkouts of the same files. */
function signatureOfCabinet() {
  const hash = createHash('sha256');
  const add = (path) =>
    hash
      .update(`${path}\n`)
      .update(readFileSync(join(project, path)))
      .update('\n');
  for (const name of sourceFolders) for (const path of listFiles(name)) add(path);
  for (const path of ['package-lock.json', 'scripts/cabinet.mjs', 'docs/pipeline.schema.json']) add(path);
  return hash.digest('hex');
}

function listFiles(path) {
  return readdirSync(join(project, path), { withFileTypes: true }).flatMap((entry) => {
    const inside = `${path}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : listFiles(inside);
    return entry.name.endsWith('.test.ts') ? [] : [inside];
  });
}

/** A lock of a process that is gone counts for nothing. */
async function lock() {
  const until = performance.now() + lockWaitMs;
  for (;;) {
    try {
      writeFileSync(lockPath, String(process.pid), { flag: 'wx' });
      return () => rmSync(lockPath, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (!isHeld() || performance.now() > until) rmSync(lockPath, { force: true });
    else await delay(100);
  }
}

function isHeld() {
  try {
    process.kill(Number(readFileSync(lockPath, 'utf8')) || process.pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildCabinet();
