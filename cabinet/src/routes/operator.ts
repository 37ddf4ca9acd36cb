import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { requestKinds } from '../request-kinds.js';
import { auditSearch } from './audit-search.js';
import { shell } from './frame.js';

export const requestStates = ['open', 'answered', 'closed'] as const;

export interface RequestSearch {
  readonly state?: (typeof requestStates)[number] | undefined;
  readonly kind?: (typeof requestKinds)[number] | undefined;
  readonly search?: string | undefined;
  readonly cursor?: string | undefined;
}

export interface AccountSearch {
  readonly search?: string | undefined;
  readonly tariff?: string | undefined;
  readonly cursor?: string | undefined;
}

/** The router reads digits as a number. */
function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Pages of those who run the installation; the server refuses everybody else. */
export const operatorRoutes = [
  createRoute({
    getParentRoute: () => shell,
    path: '/operator/requests',
    validateSearch: (found): RequestSearch => ({
      state: requestStates.find((each) => each === found.state),
      kind: requestKinds.find((each) => each === found.kind),
      search: text(found.search),
      cursor: text(found.cursor),
    }),
    component: lazyRouteComponent(() => import('../pages/operator/requests.js'), 'OperatorRequests'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/operator/requests/$id',
    component: lazyRouteComponent(() => import('../pages/operator/request.js'), 'OperatorRequest'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/operator/pages',
    component: lazyRouteComponent(() => import('../pages/operator/pages.js'), 'OperatorPages'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/operator/pages/new',
    component: lazyRouteComponent(() => import('../pages/operator/page.js'), 'OperatorPageNew'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/operator/pages/$id',
    component: lazyRouteComponent(() => import('../pages/operator/page.js'), 'OperatorPage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/operator/tariffs',
    validateSearch: (found): AccountSearch => ({
      search: text(found.search),
      tariff: text(found.tariff),
      cursor: text(found.cursor),
    }),
    component: lazyRouteComponent(() => import('../pages/operator/tariffs.js'), 'OperatorTariffs'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/operator/tariffs/$id',
    component: lazyRouteComponent(() => import('../pages/operator/account.js'), 'OperatorAccount'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/operator/staff',
    component: lazyRouteComponent(() => import('../pages/operator/staff.js'), 'OperatorStaff'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/operator/audit',
    validateSearch: auditSearch,
    component: lazyRouteComponent(() => import('../pages/operator/audit.js'), 'OperatorAudit'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/operator/mailbox',
    validateSearch: (found): { cursor?: string | undefined } => ({ cursor: text(found.cursor) }),
    component: lazyRouteComponent(() => import('../pages/mailbox.js'), 'Mailbox'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/operator/mailbox/$id',
    component: lazyRouteComponent(() => import('../pages/mailbox.js'), 'MailboxLetter'),
  }),
] as const;
