import type { Answer } from '../kit/exchange.js';
import { answerAccount, answerUsers } from './account-routes.js';
import { hal, notFound } from './answers.js';
import type { Call } from './call.js';
import { answerCalls } from './call-routes.js';
import { answerCatalogs } from './catalog-routes.js';
import { answerEntity } from './entity-routes.js';
import { answerEvents } from './event-routes.js';
import { answerShortList } from './lists.js';
import { answerPipelines } from './pipeline-routes.js';
import { isEntity } from './streams.js';
import { answerTasks } from './task-routes.js';
import { answerUnsorted } from './unsorted-routes.js';
import type { AmoWebhooks } from './webhooks.js';

/** The routes below `/api/v4`. */
export function answerApi(call: Call, webhooks: AmoWebhooks, subdomain: string): Answer {
  const [head, second] = call.segments;
  if (head === 'leads' && second === 'pipelines') return answerPipelines(call);
  if (head === 'leads' && second === 'unsorted') return answerUnsorted(call, webhooks);
  if (head === 'leads' && second === 'loss_reasons') return answerLossReasons(call);
  if (isEntity(head)) return answerEntity(call, head);
  switch (head) {
    case 'tasks':
      return answerTasks(call);
    case 'catalogs':
      return answerCatalogs(call);
    case 'events':
      return answerEvents(call);
    case 'webhooks':
      return webhooks.answer(call);
    case 'calls':
      return answerCalls(call);
    case 'users':
    case 'roles':
      return answerUsers(call);
    case 'sources':
      return call.request.method === 'GET' ? answerShortList(call, 'sources', 'sources', []) : notFound();
    case 'account':
      return call.request.method === 'GET' && second === undefined ? answerAccount(call, subdomain) : notFound();
    default:
      return notFound();
  }
}

function answerLossReasons(call: Call): Answer {
  const [, , id] = call.segments;
  const { lossReasons } = call.store.pipelines;
  if (call.request.method !== 'GET') return notFound();
  if (id === undefined) return answerShortList(call, 'leads/loss_reasons', 'loss_reasons', lossReasons);
  const reason = lossReasons.find((known) => known.id === Number(id));
  return reason === undefined ? notFound() : hal(reason);
}
