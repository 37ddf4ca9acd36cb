import { createRouter } from '@tanstack/react-router';
import { accountRoutes } from './routes/account.js';
import { root, shell } from './routes/frame.js';
import { mappingRoutes } from './routes/mapping.js';
import { openRoutes } from './routes/open.js';
import { operatorRoutes } from './routes/operator.js';
import { workRoutes } from './routes/work.js';

export const router = createRouter({
  routeTree: root.addChildren([
    ...openRoutes,
    shell.addChildren([...workRoutes, ...mappingRoutes, ...accountRoutes, ...operatorRoutes]),
  ]),
  defaultPreload: 'intent',
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
