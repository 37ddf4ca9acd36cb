import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from './frame.js';

type Found = Record<string, unknown>;

/** A part of an address as text; the router reads digits as a number. */
function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

const operations = ['create', 'update', 'upsert', 'delete'] as const;
export type PreviewOperation = (typeof operations)[number];

/** What becomes of fields and values, and what a run would write. */
export const mappingRoutes = [
  createRoute({
    getParentRoute: () => shell,
    path: '/pipelines/$id/flows/$flow/mapping',
    validateSearch: (found: Found): { target?: string | undefined; field?: string | undefined } => ({
      target: text(found.target),
      field: text(found.field),
    }),
    component: lazyRouteComponent(() => import('../pages/pipeline/mapping.js'), 'MappingPage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/pipelines/$id/values/$table',
    validateSearch: (
      found: Found,
    ): {
      flow?: string | undefined;
      target?: string | undefined;
      field?: string | undefined;
      from?: string | undefined;
      to?: string | undefined;
    } => ({
      flow: text(found.flow),
      target: text(found.target),
      field: text(found.field),
      from: text(found.from),
      to: text(found.to),
    }),
    component: lazyRouteComponent(() => import('../pages/pipeline/mapping/value-table.js'), 'ValueTablePage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/pipelines/$id/preview',
    component: lazyRouteComponent(() => import('../pages/preview.js'), 'NewPreview'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/previews/$id',
    validateSearch: (
      found: Found,
    ): { flow?: string | undefined; operation?: PreviewOperation | undefined; cursor?: string | undefined } => ({
      flow: text(found.flow),
      operation: operations.find((each) => each === found.operation),
      cursor: text(found.cursor),
    }),
    component: lazyRouteComponent(() => import('../pages/preview.js'), 'PreviewPage'),
  }),
] as const;
