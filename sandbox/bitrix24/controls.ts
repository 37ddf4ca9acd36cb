import { type Answer, jsonAnswer, type VendorRequest } from '../kit/exchange.js';
import { isObject, type JsonObject, numberAt, own, textAt } from '../kit/json.js';
import { ControlProblem } from '../kit/settings.js';
import type { Portal } from './call.js';
import { allScopes, type WebhookKey } from './keys.js';

type Route = (request: VendorRequest) => Answer;

/** What is done at the portal by hand: webhooks in both directions, installing and removing the application. */
export function controlRoutes(portal: Portal): Readonly<Record<string, Route>> {
  return {
    'GET deliveries': (request) => {
      const after = Number(request.query.get('after') ?? 0);
      return jsonAnswer(200, portal.events.sender.deliveries.slice(after));
    },
    'GET handlers': () => jsonAnswer(200, portal.events.handlers),
    'GET oauth': () => jsonAnswer(200, { client_credentials: 0, ...portal.oauth.counts }),
    'POST oauth': (request) => revoke(portal, body(request)),
    'POST install': (request) => install(portal, body(request)),
    'GET webhooks': () =>
      jsonAnswer(
        200,
        portal.keys.all().map((key) => shown(portal, key)),
      ),
    'POST webhooks': (request) => changeWebhook(portal, body(request)),
    'POST outgoing': (request) => addOutgoing(portal, body(request)),
  };
}

/** `{user_id, scope, expires_in_s}` makes a webhook; `{id, rotate, owner_id}` and `{id, delete}` change one. */
function changeWebhook(portal: Portal, order: JsonObject): Answer {
  const id = own(order, 'id');
  if (id !== undefined && order.delete === true) return jsonAnswer(200, { deleted: portal.keys.remove(String(id)) });
  if (id !== undefined) {
    const key = portal.keys.rotate(String(id), numberAt(order, 'owner_id'));
    if (key === undefined) throw new ControlProblem(`No webhook has id \`${String(id)}\`.`);
    return jsonAnswer(200, shown(portal, key));
  }
  const scope = textAt(order, 'scope');
  const scopes = scope === undefined ? allScopes : scope.split(',').map((part) => part.trim());
  return jsonAnswer(
    200,
    shown(portal, portal.keys.make(numberAt(order, 'user_id') ?? 1, scopes, numberAt(order, 'expires_in_s'))),
  );
}

/** `{events: ["ONCRMDEALADD"], handler}`: an outgoing webhook; the answer has the token that proves the portal. */
function addOutgoing(portal: Portal, order: JsonObject): Answer {
  const events = own(order, 'events');
  const handler = textAt(order, 'handler') ?? '';
  if (!Array.isArray(events) || !URL.canParse(handler))
    throw new ControlProblem('Give `events` (a list) and `handler`.');
  return jsonAnswer(200, { application_token: portal.events.addOutgoing(events.map(String), handler) });
}

/**
 * `{handler, user_id}`: installs the application; the portal posts ONAPPINSTALL with tokens to the handler. With
 * `framed` it opens the application in its frame instead. Without a handler the tokens are in the answer.
 */
function install(portal: Portal, order: JsonObject): Answer {
  portal.oauth.install();
  const handler = textAt(order, 'handler') ?? '';
  const userId = numberAt(order, 'user_id') ?? 1;
  if (handler === '') return jsonAnswer(200, portal.oauth.issue(userId, false));
  if (!URL.canParse(handler)) throw new ControlProblem('`handler` must be an address.');
  if (order.framed === true) {
    portal.events.openFrame(handler, userId);
    return jsonAnswer(200, { ok: true });
  }
  return jsonAnswer(200, portal.events.announceInstall(handler, userId));
}

function revoke(portal: Portal, order: JsonObject): Answer {
  const what = textAt(order, 'revoke');
  if (what !== 'access' && what !== 'all' && what !== 'uninstall') {
    throw new ControlProblem('`revoke` must be one of access, all, uninstall.');
  }
  if (what === 'uninstall') portal.events.announceUninstall();
  portal.oauth.revoke(what);
  return jsonAnswer(200, { ok: true });
}

function shown(portal: Portal, { id, userId, secret, scopes }: WebhookKey): object {
  return { id, user_id: userId, scope: scopes.join(','), url: `${portal.baseUrl()}/rest/${userId}/${secret}/` };
}

function body(request: VendorRequest): JsonObject {
  const parsed = request.body.length === 0 ? {} : request.json();
  if (!isObject(parsed)) throw new ControlProblem('The body must be a JSON object.');
  return parsed;
}
