import { createRootRoute, createRoute } from '@tanstack/react-router';
import { NotFound } from '../parts/not-found.js';
import { Shell } from '../parts/shell.js';

export const root = createRootRoute({ notFoundComponent: NotFound });

/** The parent of all pages of somebody signed in. */
export const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell });
