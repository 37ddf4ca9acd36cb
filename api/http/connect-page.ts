import { type RequestHandler, urlencoded } from 'express';
import type { TObject } from 'typebox';
import type { JsonObject, JsonValue } from '../../core/json.js';
import { addressOf } from '../access/addresses.js';
import type { ApiContext } from '../context.js';
import { complete, describe, startConsent } from '../services/connect-links.js';
import { sendProblemPage } from './consent-pages.js';
import { guardJson } from './json-guard.js';
import { escapeHtml, sendPage } from './pages.js';

type Asked = Awaited<ReturnType<typeof describe>>;

const most = 40;
export const parseForm = urlencoded({ extended: false, limit: '100kb', parameterLimit: 200 });

/** `GET /connect/<token>`: a form for whoever holds the link, without scripts; no account, no sign-in. */
export function connectForm(context: ApiContext): RequestHandler {
  return async (request, response) => {
    response.locals.route = 'get /connect/{token}';
    try {
      const address = addressOf(request, context.trustedProxies);
      const asked = await describe(context, String(request.params.token), address);
      sendPage(response, 200, `Connect ${asked.connector.title}`, formOf(asked));
    } catch (error) {
      sendProblemPage(response, error);
    }
  };
}

/** `POST /connect/<token>`: the form filled in. The consent of the vendor goes on there. */
export function connectAnswer(context: ApiContext): RequestHandler {
  return async (request, response) => {
    response.locals.route = 'post /connect/{token}';
    const token = String(request.params.token);
    const address = addressOf(request, context.trustedProxies);
    try {
      const form = (request.body ?? {}) as Record<string, unknown>;
      guardJson(form);
      const asked = await describe(context, token, address);
      const settings = valuesOf(asked.settings as TObject | null, 'settings', form);
      if (form.way === 'consent') {
        const application = { clientId: textOf(form['application.id']), clientSecret: textOf(form['application.key']) };
        const given = { settings, ...(asked.needsApplication && { application }) };
        const begun = await startConsent(context, token, given, address);
        response.append('Set-Cookie', begun.cookie);
        response.redirect(303, begun.authorizeUrl);
        return;
      }
      const secret = valuesOf(asked.secret as TObject | null, 'secret', form);
      const requestId = String(response.locals.requestId);
      const done = await complete(context, token, { settings, secret }, { address, requestId });
      const missing = done.rightsMissing.map((right) => `<li>${escapeHtml(right)}</li>`).join('');
      const rights = missing === '' ? '' : `<p>These rights are missing:</p><ul>${missing}</ul>`;
      sendPage(response, 200, 'Connected', `<p>${escapeHtml(done.vendorAccount)} is connected.</p>${rights}`);
    } catch (error) {
      sendProblemPage(response, error);
    }
  };
}

function formOf({ account, connector, settings, secret, ways, needsApplication }: Asked): string {
  const { setup } = connector;
  const where =
    setup.instructions === null ? '' : ` <a href="${escapeHtml(setup.instructions)}" rel="noreferrer">Instructions</a>`;
  const admin = setup.needsAdmin ? '<p>An administrator of the account must do this.</p>' : '';
  const asked = fieldsOf(settings as TObject | null, 'settings', 'text');
  const bySecret = `<fieldset><legend>With credentials</legend>${fieldsOf(secret as TObject | null, 'secret', 'password')}<p><button name="way" value="secret">Connect</button></p></fieldset>`;
  const application = needsApplication
    ? `${field('application.id', 'Id of the application', '', 'text')}${field('application.key', 'Its key', '', 'password')}`
    : '';
  const byConsent = `<fieldset><legend>On the page of ${escapeHtml(connector.title)}</legend>${application}<p><button name="way" value="consent">Go there and agree</button></p></fieldset>`;
  return (
    `<p>${escapeHtml(account)} asks you to connect an account of ${escapeHtml(connector.title)}.</p>${admin}` +
    `<p>${escapeHtml(setup.note)}${where}</p><form method="post" autocomplete="off">${asked}` +
    `${ways.includes('secret') ? bySecret : ''}${ways.includes('consent') ? byConsent : ''}</form>`
  );
}

function fieldsOf(schema: TObject | null, group: string, type: 'text' | 'password'): string {
  if (schema === null) return '';
  return Object.entries(schema.properties)
    .slice(0, most)
    .map(([name, property]) => {
      const { title, description } = property as { title?: string; description?: string };
      return field(`${group}.${name}`, title ?? name, description ?? '', type);
    })
    .join('');
}

function field(name: string, title: string, description: string, type: 'text' | 'password'): string {
  const note = description === '' ? '' : `<br><small>${escapeHtml(description)}</small>`;
  return `<p><label>${escapeHtml(title)}<br><input name="${escapeHtml(name)}" type="${type}">${note}</label></p>`;
}

/** Only fields that the schema names; what is not text there is read as JSON, what was left empty is left out. */
function valuesOf(schema: TObject | null, group: string, form: Readonly<Record<string, unknown>>): JsonObject {
  const values: JsonObject = {};
  for (const [name, property] of Object.entries(schema?.properties ?? {})) {
    const text = textOf(form[`${group}.${name}`]).trim();
    if (text !== '') values[name] = typedValue(property as { type?: unknown; anyOf?: unknown }, text);
  }
  return values;
}

function typedValue({ type, anyOf }: { type?: unknown; anyOf?: unknown }, text: string): JsonValue {
  if (type === 'string' || anyOf !== undefined) return text;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
