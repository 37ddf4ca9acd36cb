import type { RequestHandler } from 'express';
import { isFailure } from '../../core/failures.js';
import type { ApiContext } from '../context.js';
import { receive } from '../services/webhook-intake.js';

/** `POST /hooks/<secret>`: a success only after everything is stored; a repeat is a success too. */
export function hookHandler(context: ApiContext): RequestHandler {
  return async (request, response) => {
    const began = performance.now();
    response.locals.route = 'post /hooks/{secret}';
    response.setHeader('Cache-Control', 'no-store');
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(request.headers)) headers[name] = String(value);
    const query: Record<string, string> = {};
    for (const [name, value] of Object.entries(request.query)) query[name] = String(value);
    try {
      const result = await receive(context, String(request.params.secret), {
        headers,
        query,
        rawBody: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
        receivedAtMs: Date.now(),
      });
      const durationMs = Math.round(performance.now() - began);
      context.telemetry.emit({ kind: 'webhook_received', ...result, durationMs });
      response.status(200).json({ received: result.events, new: result.fresh });
    } catch (error) {
      if (isFailure(error)) context.telemetry.emit({ kind: 'webhook_refused', code: error.code });
      throw error;
    }
  };
}
