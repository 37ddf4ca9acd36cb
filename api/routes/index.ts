import type { Route } from '../http/route.js';
import { accountRoutes } from './account.js';
import { accountExportRoutes } from './account-export.js';
import { auditRoutes } from './audit.js';
import { connectLinkRoutes } from './connect-links.js';
import { connectionRoutes } from './connections.js';
import { deadLetterRoutes } from './dead-letters.js';
import { keyRoutes } from './keys.js';
import { meRoutes } from './me.js';
import { memberRoutes } from './members.js';
import { migrationRoutes } from './migrations.js';
import { pageRoutes } from './pages.js';
import { partnerRoutes } from './partners.js';
import { peopleRoutes } from './people.js';
import { pipelineRoutes } from './pipelines.js';
import { previewRoutes } from './previews.js';
import { requestRoutes } from './requests.js';
import { runRoutes } from './runs.js';
import { sampleRoutes } from './samples.js';
import { staffRoutes } from './staff.js';
import { supportRoutes } from './support.js';
import { tariffRoutes } from './tariffs.js';
import { webhookEndpointRoutes } from './webhook-endpoints.js';

/** The route table: what is not in it does not exist. */
export const routes: readonly Route[] = [
  ...pipelineRoutes,
  ...runRoutes,
  ...migrationRoutes,
  ...deadLetterRoutes,
  ...previewRoutes,
  ...connectionRoutes,
  ...sampleRoutes,
  ...connectLinkRoutes,
  ...accountRoutes,
  ...accountExportRoutes,
  ...keyRoutes,
  ...supportRoutes,
  ...auditRoutes,
  ...tariffRoutes,
  ...requestRoutes,
  ...pageRoutes,
  ...peopleRoutes,
  ...meRoutes,
  ...memberRoutes,
  ...partnerRoutes,
  ...staffRoutes,
  ...webhookEndpointRoutes,
];
