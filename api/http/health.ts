import type { Express } from 'express';
import type { ApiContext } from '../context.js';

/** `/health`: this process lives. `/ready`: database, Temporal and workers do their part, else 503 with the reasons. */
export function addHealth(app: Express, context: ApiContext): void {
  app.get('/health', (_request, response) => {
    response.setHeader('Cache-Control', 'no-store');
    response.json({ status: 'ok', version: context.version });
  });
  app.get('/ready', async (_request, response) => {
    const readiness = await context.readiness();
    const isReady = readiness.database && readiness.temporal && readiness.workers;
    response.setHeader('Cache-Control', 'no-store');
    response.status(isReady ? 200 : 503).json({ status: isReady ? 'ready' : 'not_ready', ...readiness });
  });
}
