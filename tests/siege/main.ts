import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { type Arguments, parseArguments, usage } from './arguments.js';
import { openContext } from './context.js';
import { type Measured, type SiegePromise, textOf } from './siege.js';

// `npm run siege -- 1 2 42 --scale 0.1 --seed 7`: the promises one after the other, each on servers of this run alone.
const defaultLimitMs = 10 * 60_000;

interface TestServices {
  readonly address: string;
  close(): Promise<void>;
}

interface Verdict {
  readonly promise: SiegePromise;
  readonly measured: string;
  readonly isKept: boolean;
  readonly seconds: number;
}

const asked = parseArguments(process.argv.slice(2));
if ('problem' in asked) {
  console.error(`${asked.problem}\n${usage}`);
  process.exit(2);
}
process.exit(await siege(asked));

async function siege(asked: Arguments): Promise<number> {
  const promises = await loadPromises(asked);
  const missing = asked.numbers.filter((number) => !promises.some((promise) => promise.number === number));
  if (missing.length > 0) {
    console.error(`There is no test of promise ${missing.join(', ')} yet.`);
    return 2;
  }
  console.log(`Seed ${asked.seed}, scale ${asked.scale}.`);
  const services = await openServices();
  let isStopping = false;
  const stop = async (code: number): Promise<never> => {
    if (!isStopping) {
      isStopping = true;
      await current?.close().catch(() => undefined);
      await services.close();
    }
    process.exit(code);
  };
  let current: ReturnType<typeof openContext> | undefined;
  process.once('SIGINT', () => void stop(130));
  process.once('SIGTERM', () => void stop(143));
  const verdicts: Verdict[] = [];
  try {
    for (const promise of promises) {
      const startedAt = process.uptime();
      current = openContext({
        scale: asked.scale,
        seed: asked.seed,
        log: (text) => console.log(`  ${(process.uptime() - startedAt).toFixed(1).padStart(6)} s  ${text}`),
      });
      console.log(`${promise.number}. ${promise.title}`);
      const verdict = await judge(promise, current);
      console.log(`  ${verdict.isKept ? 'kept' : 'BROKEN'} in ${verdict.seconds.toFixed(0)} s: ${verdict.measured}`);
      verdicts.push(verdict);
    }
  } finally {
    await services.close();
  }
  printTable(verdicts, asked.seed);
  return verdicts.every((verdict) => verdict.isKept) ? 0 : 1;
}

async function judge(promise: SiegePromise, context: ReturnType<typeof openContext>): Promise<Verdict> {
  const startedMs = performance.now();
  const over = new AbortController();
  const limitMs = promise.limitMs ?? defaultLimitMs;
  let measured: Measured | string;
  try {
    const late = delay(limitMs, `it was not over after ${limitMs / 1_000} s`, { signal: over.signal });
    late.catch(() => undefined);
    measured = await Promise.race([promise.run(context), late]);
  } catch (error) {
    measured = `it failed: ${(error as Error)?.stack ?? String(error)}`;
  } finally {
    over.abort();
  }
  const problem = await context.close().then(
    () => null,
    (error: unknown) => `stopping failed: ${String(error)}`,
  );
  const seconds = (performance.now() - startedMs) / 1_000;
  if (typeof measured === 'string') return { promise, measured, isKept: false, seconds };
  const broken = measured.filter((figure) => !figure.isKept);
  const text = [
    ...broken.map((figure) => `BROKEN ${textOf(figure)}`),
    ...measured.filter((figure) => figure.isKept).map(textOf),
  ];
  if (problem !== null) text.unshift(problem);
  return { promise, measured: text.join(', '), isKept: broken.length === 0 && problem === null, seconds };
}

async function loadPromises({ numbers, names }: Arguments): Promise<SiegePromise[]> {
  const files = (await readdir(join(import.meta.dirname, 'promises'))).filter((file) => /^\d{2}-.*\.ts$/.test(file));
  const isAsked = (file: string): boolean =>
    numbers.length === 0 ? names.length === 0 : numbers.includes(Number(file.slice(0, 2)));
  const paths = [
    ...files
      .filter(isAsked)
      .sort()
      .map((file) => join('promises', file)),
    ...names.map((name) => join('named', `${name}.ts`)),
  ];
  return Promise.all(
    paths.map(async (path) => {
      const module = (await import(pathToFileURL(join(import.meta.dirname, path)).href)) as { default: SiegePromise };
      return module.default;
    }),
  );
}

async function openServices(): Promise<TestServices> {
  const path = pathToFileURL(join(import.meta.dirname, '..', 'setup', 'services.mjs')).href;
  const module = (await import(path)) as {
    openTestServices(): Promise<TestServices>;
    prepareTestServices(): Promise<void>;
  };
  await module.prepareTestServices();
  const services = await module.openTestServices();
  process.env.PIPEWRIGHT_TEST_SERVICES = services.address;
  return services;
}

function printTable(verdicts: readonly Verdict[], seed: number): void {
  console.log('\n| # | Promise | Required | Measured | Seed | Verdict |\n| --- | --- | --- | --- | --- | --- |');
  for (const { promise, measured, isKept } of verdicts) {
    const shown = (measured.split('\n')[0] ?? '').slice(0, 400);
    const cells = [promise.number, promise.title, promise.required, shown, seed, isKept ? 'kept' : 'BROKEN'];
    console.log(`| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`);
  }
}
