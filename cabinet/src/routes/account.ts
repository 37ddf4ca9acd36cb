import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { search as parts } from '../search.js';
import { auditSearch } from './audit-search.js';
import { shell } from './frame.js';

/** Connections, members, keys and the person's own data. */
export const accountRoutes = [
  createRoute({
    getParentRoute: () => shell,
    path: '/connections',
    component: lazyRouteComponent(() => import('../pages/connections.js'), 'Connections'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/connections/new',
    validateSearch: (found): { connector: string } => ({ connector: parts.text(found.connector) }),
    component: lazyRouteComponent(() => import('../pages/connection-new.js'), 'ConnectionNew'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/connections/links',
    component: lazyRouteComponent(() => import('../pages/connect-links.js'), 'ConnectLinks'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/connections/$id',
    component: lazyRouteComponent(() => import('../pages/connection.js'), 'ConnectionPage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/members',
    component: lazyRouteComponent(() => import('../pages/members.js'), 'Members'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/invitations/$id',
    component: lazyRouteComponent(() => import('../pages/invitation.js'), 'InvitationPage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/partners',
    component: lazyRouteComponent(() => import('../pages/partners.js'), 'Partners'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/delete-account',
    validateSearch: (found) => ({ token: parts.text(found.token) }),
    component: lazyRouteComponent(() => import('../pages/delete-account.js'), 'DeleteAccount'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/keys',
    validateSearch: (found): { edit?: string } => ({ edit: parts.text(found.edit) }),
    component: lazyRouteComponent(() => import('../pages/keys.js'), 'Keys'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/profile',
    component: lazyRouteComponent(() => import('../pages/profile.js'), 'Profile'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/account',
    component: lazyRouteComponent(() => import('../pages/account.js'), 'AccountPage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/support',
    component: lazyRouteComponent(() => import('../pages/support-open.js'), 'SupportOpen'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/open-support',
    validateSearch: (found) => ({ token: parts.text(found.token) }),
    component: lazyRouteComponent(() => import('../pages/support-open.js'), 'OpenSupport'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/audit',
    validateSearch: auditSearch,
    component: lazyRouteComponent(() => import('../pages/audit.js'), 'Audit'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/webhooks',
    component: lazyRouteComponent(() => import('../pages/webhooks.js'), 'Webhooks'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/requests',
    component: lazyRouteComponent(() => import('../pages/requests.js'), 'Requests'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/requests/new',
    component: lazyRouteComponent(() => import('../pages/requests.js'), 'RequestNew'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/requests/$id',
    component: lazyRouteComponent(() => import('../pages/request.js'), 'RequestPage'),
  }),
] as const;
