import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from './frame.js';

/** Pipelines, their runs and what was refused. */
export const workRoutes = [
  createRoute({
    getParentRoute: () => shell,
    path: '/',
    component: lazyRouteComponent(() => import('../pages/pipelines.js'), 'Pipelines'),
  }),
] as const;
