import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { search as parts } from '../search.js';
import { root } from './frame.js';

/** Pages for somebody who is not signed in; links out of letters lead to them. */
export const openRoutes = [
  createRoute({
    getParentRoute: () => root,
    path: '/sign-in',
    validateSearch: (found) => ({ next: parts.path(found.next) }),
    component: lazyRouteComponent(() => import('../pages/sign-in.js'), 'SignIn'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/register',
    component: lazyRouteComponent(() => import('../pages/register.js'), 'Register'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/confirm-email',
    validateSearch: (found) => ({ token: parts.text(found.token) }),
    component: lazyRouteComponent(() => import('../pages/confirm-email.js'), 'ConfirmEmail'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/forgot-password',
    component: lazyRouteComponent(() => import('../pages/forgot-password.js'), 'ForgotPassword'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/reset-password',
    validateSearch: (found) => ({ token: parts.text(found.token) }),
    component: lazyRouteComponent(() => import('../pages/reset-password.js'), 'ResetPassword'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/contacts',
    component: lazyRouteComponent(() => import('../pages/contacts.js'), 'Contacts'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/visitor-request',
    validateSearch: (found) => ({ token: parts.text(found.token) }),
    component: lazyRouteComponent(() => import('../pages/visitor-request.js'), 'VisitorRequest'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/promotions',
    component: lazyRouteComponent(() => import('../pages/promotions.js'), 'PromotionList'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/pages',
    component: lazyRouteComponent(() => import('../pages/info-pages.js'), 'InfoPages'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/pages/$kind/$slug',
    component: lazyRouteComponent(() => import('../pages/info-pages.js'), 'InfoPage'),
  }),
] as const;
