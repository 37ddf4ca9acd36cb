import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import express from 'express';
import { chromium, type Page } from 'playwright-core';
import { addCabinet } from '../../../api/http/cabinet.js';
import { findProjectFolder } from '../../../runtime/project-folder.js';
import { median, type Work } from './work.js';

const flowCount = 66;
const fieldCount = 11;
const rounds = 5;

/** A definition of a thousand lines, as large migrations have. */
function longDefinition(): string {
  const flows = Array.from({ length: flowCount }, (_, at) => {
    const fields = Array.from({ length: fieldCount }, (_each, index) => `      field_${index}: FIELD_${index}`).join(
      '\n',
    );
    return `  flow_${at}:\n    from: { stream: crm.companies, read: full }\n    map:\n${fields}\n    to: { stream: copy.companies, write: upsert }\n`;
  });
  return `pipeline: long\nconnections:\n  crm: { connector: http }\n  copy: { connector: http }\nflows:\n${flows.join('')}`;
}

/** Answers of the API, as fast as a test can give them: what is measured is the pages. */
function answers(definition: string): Readonly<Record<string, unknown>> {
  const account = { id: '0190a0a0-0000-7000-8000-000000000001', name: 'Bench', role: 'owner' };
  const pipeline = {
    uid: '0190a0a0-0000-7000-8000-000000000002',
    id: 'long',
    title: 'Long',
    state: 'active',
    publishedVersion: null,
    pauseReason: null,
    nextDueAt: null,
    openRun: null,
    recent: [],
    openDeadLetters: 0,
    freshAt: null,
    definition: null,
    connections: {},
    trigger: null,
    flows: [],
    hasDraft: true,
  };
  const fields = Array.from({ length: 200 }, (_, index) => ({
    name: `FIELD_${index}`,
    type: 'text',
    title: `Field ${index}`,
  }));
  const connections = ['crm', 'copy'].map((name) => ({ name, connector: 'http' }));
  const person = { email: 'a@example.test', hasTwoFactor: false, id: 'a', language: 'en', name: 'Ada' };
  return {
    '/me': {
      account: { as: 'person', id: account.id, role: 'owner' },
      accounts: [account],
      customers: [],
      person,
      staff: null,
      visits: [],
    },
    '/pipelines/long': pipeline,
    '/pipelines/long/draft': { pipeline: 'long', definition, updatedAt: null, problems: [] },
    '/pipelines/long/layout': { positions: {} },
    '/connections': { items: connections, next: null },
    '/connectors': { items: [{ id: 'http', title: 'HTTP' }], next: null },
    streams: { items: [{ name: 'companies', title: 'Companies' }], next: null },
    fields: { stream: 'companies', isOpen: false, key: ['id'], items: fields, next: null },
  };
}

async function openPage(page: Page, address: string, definition: string): Promise<number> {
  const known = answers(definition);
  await page.route('**/api/v1/**', async (route) => {
    const path = new URL(route.request().url()).pathname.slice('/api/v1'.length);
    const body = known[path] ?? known[path.split('/').at(-1) ?? ''] ?? { items: [], next: null };
    await route.fulfill({ json: body, headers: { etag: '"1"' } });
  });
  const began = performance.now();
  await page.goto(`${address}/pipelines/long`);
  await page.locator('.view-line').first().waitFor();
  await page.locator('.react-flow__node').first().waitFor();
  return performance.now() - began;
}

const watchFrames = `
  window.seenFrames = { longest: 0, last: performance.now(), isOn: true };
  const next = (now) => {
    const seen = window.seenFrames;
    seen.longest = Math.max(seen.longest, now - seen.last);
    seen.last = now;
    if (seen.isOn) requestAnimationFrame(next);
  };
  requestAnimationFrame(next);`;

/** The longest time between two frames while something is done. */
async function longestFrame(page: Page, work: () => Promise<void>): Promise<number> {
  await page.evaluate(`{${watchFrames}}`);
  await work();
  return Number(await page.evaluate('(window.seenFrames.isOn = false) || window.seenFrames.longest'));
}

/** Types one more field into the flow, and waits until the picture shows it and the draft is stored. */
async function typeField(page: Page, round: number): Promise<void> {
  const isStored = page.waitForResponse((each) => each.url().endsWith('/draft') && each.request().method() === 'PUT');
  await page.keyboard.press('Enter');
  await page.keyboard.type(`more_${round}: FIELD_${round}`, { delay: 30 });
  await page.keyboard.press('Escape');
  await page.locator('.part-words', { hasText: `${fieldCount + round + 1} fields` }).waitFor({ state: 'attached' });
  await isStored;
  await page.locator('#draft-state', { hasText: 'stored' }).waitFor();
}

/**
 * When the first offer is what lies at its place of the screen: the editor marks its list as shown by a timer, long after
 * a person sees it.
 */
const watchHelp = `
  let began = 0;
  const isSeen = () => {
    const row = document.querySelector('.suggest-widget .monaco-list-row');
    if (row === null || !row.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    const { left, top, width, height } = row.getBoundingClientRect();
    return row.contains(document.elementFromPoint(left + width / 2, top + height / 2));
  };
  window.helpTook = new Promise((took) => {
    const look = () => {
      // What this frame holds is on the screen when the next one begins.
      requestAnimationFrame(isSeen() ? () => took(performance.now() - began) : look);
    };
    requestAnimationFrame(look);
  });
  addEventListener('keydown', () => { began = performance.now(); }, { capture: true, once: true });`;

/** From the key to the first thing that is offered, on a new line among the fields. */
async function completionMs(page: Page): Promise<number> {
  await page.keyboard.press('Enter');
  await page.evaluate(`{${watchHelp}}`);
  await page.keyboard.press('Control+Space');
  const took = Number(await page.evaluate('window.helpTook'));
  await page.keyboard.press('Escape');
  return took;
}

/** A script of the build or of the tests, which has no types. */
async function script<Shape>(path: string): Promise<Shape> {
  return (await import(pathToFileURL(join(findProjectFolder(), path)).href)) as Shape;
}

/** The page of a long pipeline in a browser: how soon it stands, completes, and answers to keys. */
export const cabinetEditing: Work = {
  name: 'cabinet',
  title: 'Editing a long pipeline',
  run: async () => {
    const { findChromium } = await script<{ findChromium(): Promise<string | undefined> }>('tests/setup/chromium.mjs');
    const { ensureCabinet } = await script<{ ensureCabinet(): Promise<string> }>('scripts/cabinet.mjs');
    const executablePath = await findChromium();
    if (executablePath === undefined) return ['cabinet: no Chromium; set CHROMIUM_PATH'];
    const app = express();
    addCabinet(app, await ensureCabinet());
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const browser = await chromium.launch({
      executablePath,
      chromiumSandbox: false,
      args: ['--disable-dev-shm-usage'],
    });
    try {
      const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const definition = longDefinition();
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
      const opened = await openPage(page, address, definition);
      await page.locator('.view-line', { hasText: 'field_3' }).first().click();
      await page.keyboard.press('End');
      const first = await completionMs(page);
      const later: number[] = [];
      for (let round = 0; round < rounds; round++) later.push(await completionMs(page));
      const frames: number[] = [];
      for (let round = 0; round < rounds; round++) {
        frames.push(await longestFrame(page, () => typeField(page, round)));
      }
      const lines = definition.split('\n').length;
      return [
        `cabinet: a pipeline of ${lines} lines and ${flowCount} flows stands after ${(opened / 1_000).toFixed(2)} s`,
        `  first completion ${first.toFixed(0)} ms, later ones ${median(later).toFixed(0)} ms (goal 100)`,
        `  longest frame while typing, drawing and storing ${median(frames).toFixed(0)} ms, at worst ${Math.max(...frames).toFixed(0)} ms (goal 50)`,
      ];
    } finally {
      await browser.close();
      server.close();
      server.closeAllConnections();
    }
  },
};
