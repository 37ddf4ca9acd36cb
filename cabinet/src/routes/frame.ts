import { createRootRoute, createRoute } from '@tanstack/react-router';
import { meQuery } from '../me.js';
import { NotFound } from '../parts/not-found.js';
import { Shell } from '../parts/shell.js';
import { queries } from '../queries.js';

export const root = createRootRoute({ notFoundComponent: NotFound });

/** The parent of all pages of somebody signed in. */
export const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  // Asked while the page inside is loaded.
  loader: () => {
    void queries.prefetchQuery(meQuery);
  },
});
