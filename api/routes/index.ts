import type { Route } from '../http/route.js';
import { accountRoutes } from './account.js';
import { connectionRoutes } from './connections.js';
import { deadLetterRoutes } from './dead-letters.js';
import { pipelineRoutes } from './pipelines.js';
import { previewRoutes } from './previews.js';
import { runRoutes } from './runs.js';

/** The route table: what is not in it does not exist. */
export const routes: readonly Route[] = [
  ...pipelineRoutes,
  ...runRoutes,
  ...deadLetterRoutes,
  ...previewRoutes,
  ...connectionRoutes,
  ...accountRoutes,
];
