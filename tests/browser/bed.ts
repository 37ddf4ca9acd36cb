// How tests of pages are written.
//
// A test file opens one bed in `beforeAll` and closes it in `afterAll`: a whole engine with a worker, the real HTTP
// server with the built cabinet (the test setup builds it when its sources are newer), and one Chromium.
//
//   let bed: Bed;
//   beforeAll(async () => { bed = await openBed(); });
//   afterAll(async () => { await bed?.close(); });
//
//   test('...', async () => {
//     const { page, person, accountId } = await bed.signIn({ role: 'editor' });
//     await page.goto('/runs');
//     await page.getByRole('heading', { name: 'Runs' }).waitFor();
//   });
//
// - Each test makes its own account (`signIn` does), pipelines and connections, so that any order passes. What stands
//   behind a page is made by `person.call('POST', '/connections', ...)`, as the person that is signed in.
// - Look for what a person sees: `getByRole`, `getByLabel`, `getByText`. No sleeps: `locator.waitFor()`, `page.waitForURL`.
// - Console errors, errors of scripts, violations of the content policy and failed requests to our server are gathered
//   from every page; `close` throws when there were any. A refusal (4xx) of something that a person sent is none. What a
//   test causes on purpose is announced before: `bed.expectTrouble(/429/)`.
// - PIPEWRIGHT_TEST_LOOK=<folder> leaves a picture there of every page that is open at the end, to see why a test failed.
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { Role, StaffRole } from '../../api/access/caller.js';
import type { RestCrmOptions } from '../../sandbox/rest-crm/sandbox.js';
import { addAccount } from '../../store/accounts.js';
import { startTestApi, type TestApi, type TestApiOptions } from '../support/api.js';
import { startTestEngine, type TestEngine, type TestEngineOptions } from '../support/engine.js';
import { signInPerson, type TestPerson } from '../support/people.js';
import { type Practice, startPractice } from '../support/practice.js';
import { requestService } from '../support/services.js';

export type Language = 'en' | 'ru' | 'uk' | 'pl' | 'ro';

export interface BedOptions extends Omit<TestApiOptions, 'log'>, Omit<TestEngineOptions, 'restored'> {
  /** Practice CRMs beside the installation, as `npm start` brings them: `crm` with so many contacts, `copy` empty. */
  readonly practice?: RestCrmOptions;
}

export interface PageOptions {
  /** English when absent. */
  readonly language?: Language;
  readonly colorScheme?: 'light' | 'dark';
  /** In pixels: 1280 when absent, 360 is a phone. */
  readonly width?: number;
  readonly height?: number;
}

export interface SignInOptions extends PageOptions {
  /** In the account; `owner` when absent. */
  readonly role?: Role;
  /** The account's id; a new account when absent, none at all when null. */
  readonly account?: string | null;
  /** The role of somebody of the installation's own people. */
  readonly staff?: StaffRole;
  /** Somebody who exists already, in one more browser. */
  readonly person?: TestPerson;
}

export interface SignedIn {
  readonly page: Page;
  readonly person: TestPerson;
  /** Empty for somebody without an account. */
  readonly accountId: string;
}

export interface Bed {
  readonly engine: TestEngine;
  readonly api: TestApi;
  readonly browser: Browser;
  /** Only where the options ask for it. */
  readonly practice: Practice;
  /** A page of nobody, in a browser profile of its own; addresses are relative to the server. */
  page(options?: PageOptions): Promise<Page>;
  signIn(options?: SignInOptions): Promise<SignedIn>;
  /** Lines of trouble that fit are none, from now on. */
  expectTrouble(pattern: RegExp): void;
  /** Lines gathered until now that were not expected. */
  readonly troubles: readonly string[];
  /** Ends everything, then throws when any page had trouble. */
  close(): Promise<void>;
}

/** Waits of locators; the machine may be busy. */
const patienceMs = 20_000;
const locales: Readonly<Record<Language, string>> = { en: 'en-GB', ru: 'ru-RU', uk: 'uk-UA', pl: 'pl-PL', ro: 'ro-RO' };

export async function openBed(options: BedOptions = {}): Promise<Bed> {
  const [program] = await Promise.all([requestService('chromium'), requestService('cabinet')]);
  const engine = await startTestEngine(options);
  const stops: (() => Promise<unknown>)[] = [() => engine.stop()];
  const stopAll = async (): Promise<void> => {
    for (const stop of stops.reverse()) await stop();
  };
  try {
    const api = await startTestApi(engine, options);
    stops.push(() => api.stop());
    const browser = await launch(program.program);
    stops.push(() => browser.close());
    const practice = options.practice && (await startPractice(engine, options.practice));
    if (practice !== undefined) stops.push(() => practice.stop());
    return makeBed({ engine, api, browser, practice, stopAll });
  } catch (error) {
    await stopAll();
    throw error;
  }
}

/** In containers there is little shared memory, and Chromium's own sandbox does not work as root. */
function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    chromiumSandbox: false,
    args: ['--disable-dev-shm-usage', '--disable-gpu', '--force-color-profile=srgb', '--font-render-hinting=none'],
  });
}

interface Parts {
  readonly engine: TestEngine;
  readonly api: TestApi;
  readonly browser: Browser;
  readonly practice: Practice | undefined;
  stopAll(): Promise<void>;
}

function makeBed({ engine, api, browser, practice, stopAll }: Parts): Bed {
  const lines: string[] = [];
  const expected: RegExp[] = [];
  const troubles = (): string[] => lines.filter((line) => !expected.some((pattern) => pattern.test(line)));

  const openPage = async (options: PageOptions, cookie?: string): Promise<Page> => {
    const context = await browser.newContext({
      baseURL: api.address,
      locale: locales[options.language ?? 'en'],
      timezoneId: 'Europe/Kyiv',
      colorScheme: options.colorScheme ?? 'light',
      reducedMotion: 'reduce',
      viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
    });
    context.setDefaultTimeout(patienceMs);
    listen(context, api.address, (line) => lines.push(line));
    if (cookie !== undefined) await context.addCookies(cookiesOf(cookie, api.address));
    return context.newPage();
  };

  return {
    engine,
    api,
    browser,
    get practice() {
      if (practice === undefined) throw new Error('this bed has no practice CRMs: see `BedOptions`');
      return practice;
    },
    page: (options = {}) => openPage(options),
    signIn: async ({ role = 'owner', account, staff, person, ...options } = {}) => {
      const accountId = account ?? (account === null || person !== undefined ? '' : await newAccount(api));
      const whom =
        person ??
        (await signInPerson(api, {
          language: options.language ?? 'en',
          ...(accountId !== '' && { member: { [accountId]: role } }),
          ...(staff !== undefined && { staff }),
        }));
      return { page: await openPage(options, whom.cookie), person: whom, accountId };
    },
    expectTrouble: (pattern) => void expected.push(pattern),
    get troubles() {
      return troubles();
    },
    close: async () => {
      const left = troubles();
      await lookAtAll(browser);
      await stopAll();
      if (left.length > 0) throw new Error(`The pages had trouble:\n${[...new Set(left)].join('\n')}`);
    },
  };
}

/** What the pages show at the end, for whoever asks for it. */
async function lookAtAll(browser: Browser): Promise<void> {
  const folder = process.env.PIPEWRIGHT_TEST_LOOK;
  if (!folder) return;
  const pages = browser.contexts().flatMap((context) => context.pages());
  for (const [index, page] of pages.entries()) {
    await page.screenshot({ path: join(folder, `${index}.png`), fullPage: true }).catch(() => undefined);
  }
}

async function newAccount(api: TestApi): Promise<string> {
  return api.context.store.system((tx) => addAccount(tx, { name: 'Workshop', tariff: 'unlimited' }));
}

function cookiesOf(header: string, url: string): { name: string; value: string; url: string }[] {
  return header.split('; ').map((pair) => {
    const at = pair.indexOf('=');
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url };
  });
}

/** What a page must not have; a navigation breaks requests off, which is none. */
function listen(context: BrowserContext, origin: string, add: (line: string) => void): void {
  context.on('weberror', (event) => add(`error on ${event.page()?.url() ?? ''}: ${String(event.error())}`));
  context.on('console', (message) => {
    // The answers themselves are looked at below, with what was asked.
    if (message.type() !== 'error' || message.text().startsWith('Failed to load resource')) return;
    add(`console on ${message.page()?.url() ?? ''}: ${message.text()}`);
  });
  context.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? '';
    if (reason !== 'net::ERR_ABORTED') add(`failed: ${request.method()} ${request.url()} ${reason}`);
  });
  context.on('response', (response) => {
    const [status, request] = [response.status(), response.request()];
    const path = response.url().startsWith(origin) ? response.url().slice(origin.length) : response.url();
    if (status < 400 || (status < 500 && isRefusal(request.method(), path, status))) return;
    add(`answered ${status}: ${request.method()} ${path}`);
  });
}

/** Somebody not signed in asks who they are; what a person sends may be refused. */
function isRefusal(method: string, path: string, status: number): boolean {
  return (method !== 'GET' && path.startsWith('/api/')) || (path === '/api/v1/me' && status === 401);
}
