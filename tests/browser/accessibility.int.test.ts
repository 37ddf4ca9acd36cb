import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type Bed, openBed } from './bed.js';
import { listRoutes } from './routes.js';
import { makeScene, type Scene } from './scene.js';

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

type Who = 'visitor' | 'owner' | 'operator';

interface Example {
  readonly who: Who;
  readonly address: string;
}

/** One address for every route, with real things behind it; a route without one fails. */
function examplesOf({ ids, conversation }: Scene): Readonly<Record<string, Example>> {
  const as = (who: Who) => (address: string) => ({ who, address });
  const [visitor, owner, operator] = [as('visitor'), as('owner'), as('operator')];
  const at = (name: string): string => ids[name] ?? '';
  return {
    '/sign-in': visitor('/sign-in'),
    '/register': visitor('/register'),
    '/confirm-email': visitor('/confirm-email?token=x'),
    '/forgot-password': visitor('/forgot-password'),
    '/reset-password': visitor('/reset-password?token=x'),
    '/contacts': visitor('/contacts'),
    '/visitor-request': visitor(conversation),
    '/promotions': visitor('/promotions'),
    '/pages': visitor('/pages'),
    '/pages/$kind/$slug': visitor('/pages/information/how-it-works-axe'),
    '/': owner('/'),
    '/pipelines': owner('/pipelines'),
    '/pipelines/new': owner('/pipelines/new'),
    '/pipelines/$id': owner('/pipelines/customers'),
    '/pipelines/$id/flows/$flow/mapping': owner('/pipelines/customers/flows/contacts/mapping'),
    '/pipelines/$id/values/$table': owner('/pipelines/customers/values/stages'),
    '/pipelines/$id/preview': owner('/pipelines/customers/preview'),
    '/previews/$id': owner(`/previews/${at('previews')}`),
    '/runs': owner('/runs'),
    '/runs/$id': owner(`/runs/${at('runs')}`),
    '/dead-letters': owner('/dead-letters'),
    '/dead-letters/$id': owner(`/dead-letters/${at('dead-letters')}`),
    '/connections': owner('/connections'),
    '/connections/new': owner('/connections/new?connector=bitrix24'),
    '/connections/links': owner('/connections/links'),
    '/connections/$id': owner(`/connections/${at('connections')}`),
    '/members': owner('/members'),
    '/invitations/$id': owner(`/invitations/${at('invitations')}`),
    '/partners': owner('/partners'),
    '/delete-account': owner('/delete-account?token=x'),
    '/keys': owner('/keys'),
    '/profile': owner('/profile'),
    '/account': owner('/account'),
    '/support': owner('/support#x'),
    '/open-support': owner('/open-support?token=x'),
    '/audit': owner('/audit'),
    '/webhooks': owner('/webhooks'),
    '/requests': owner('/requests'),
    '/requests/new': owner('/requests/new'),
    '/requests/$id': owner(`/requests/${at('requests')}`),
    '/operator/requests': operator('/operator/requests'),
    '/operator/requests/$id': operator(`/operator/requests/${at('operator/requests')}`),
    '/operator/pages': operator('/operator/pages'),
    '/operator/pages/new': operator('/operator/pages/new'),
    '/operator/pages/$id': operator(`/operator/pages/${at('operator/pages')}`),
    '/operator/tariffs': operator('/operator/tariffs'),
    '/operator/tariffs/$id': operator(`/operator/tariffs/${at('operator/tariffs')}`),
    '/operator/staff': operator('/operator/staff'),
    '/operator/audit': operator('/operator/audit'),
    '/operator/mailbox': operator('/operator/mailbox'),
    '/operator/mailbox/$id': operator(`/operator/mailbox/${at('operator/mailbox')}`),
  };
}

/** More views of a page than its address alone shows. */
const furtherViews: Readonly<Record<Who, readonly string[]>> = {
  visitor: ['/', '/nowhere'],
  owner: ['/pipelines/customers?tab=versions', '/pipelines/customers?tab=runs', '/connections/new', '/nowhere'],
  operator: ['/'],
};

describe('accessibility', () => {
  let bed: Bed;
  let scene: Scene;

  beforeAll(async () => {
    bed = await openBed({ practice: { records: 40, dirty: 0.2 } });
    scene = await makeScene(bed, 'axe');
  }, 120_000);

  afterAll(async () => {
    await bed?.close();
  });

  test('every route has an example to be looked at', () => {
    expect(Object.keys(examplesOf(scene)).sort()).toEqual(listRoutes());
  });

  test.each(['visitor', 'owner', 'operator'] as const)(
    'no page of the %s has a serious problem, in light and in dark, nor an error of its own',
    async (who) => {
      const page = await pageOf(who);
      const own = Object.values(examplesOf(scene)).filter((example) => example.who === who);
      const addresses = [...own.map(({ address }) => address), ...furtherViews[who]];
      // The frame is the same on every page: what is wrong there is told once.
      const problems = new Map<string, string>();
      for (const address of addresses) {
        for (const problem of await look(page, address)) {
          if (!problems.has(problem)) problems.set(problem, address);
        }
      }
      expect([...problems].map(([problem, address]) => `${address}: ${problem}`)).toEqual([]);
      expect(bed.troubles).toEqual([]);
    },
    180_000,
  );

  const pageOf = async (who: Who): Promise<Page> => {
    if (who === 'visitor') return bed.page();
    return (await bed.signIn({ person: who === 'owner' ? scene.owner : scene.operator })).page;
  };

  const look = async (page: Page, address: string): Promise<string[]> => {
    await page.emulateMedia({ colorScheme: 'light' });
    const answer = await page.goto(address);
    const policy = answer?.headers()['content-security-policy'] ?? '';
    const scripts = policy.split('; ').find((rule) => rule.startsWith('script-src'));
    const problems = scripts === "script-src 'self'" ? [] : [scripts ?? 'no policy'];
    await settled(page);
    const light = await axe(page).withTags(wcag).analyze();
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await axe(page).withTags(wcag).analyze();
    for (const [scheme, { violations }] of Object.entries({ light, dark })) {
      for (const { id, impact, nodes } of violations) {
        if (impact !== 'serious' && impact !== 'critical') continue;
        for (const { html } of nodes) {
          problems.push(
            `${id} in ${scheme}: ${html.slice(0, 300).replaceAll(/ (id|aria-\w+by)="mantine-[^"]+"/g, '')}`,
          );
        }
      }
    }
    return problems;
  };
});

/** In the page itself, without a second one: the policy of ours would not let that be. */
function axe(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode(true);
}

/** Everything that the page asked for is there. */
async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page
    .locator('.mantine-Loader-root, .mantine-Skeleton-root, [aria-busy="true"]')
    .first()
    .waitFor({ state: 'detached' });
}
