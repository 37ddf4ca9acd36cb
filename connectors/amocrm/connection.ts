import type { ConnectionContext, OpenConnection } from '../kit/index.js';
import { Account } from './account.js';
import { check } from './check.js';
import { choicesOf } from './choices.js';
import { AmoClient } from './client.js';
import { createFields } from './create-fields.js';
import { streamsOf } from './declaration.js';
import { LeadProductsReader } from './reading/lead-products.js';
import { AmoReader } from './reading/reader.js';
import { streamOf } from './streams/index.js';
import { leadProducts, withLeadProducts } from './streams/lead-products.js';
import { registerWebhook, removeWebhook } from './webhook.js';
import { LeadProductsWriter } from './writing/lead-products.js';
import { AmoWriter } from './writing/writer.js';

/** Binds the connector to one account. */
export function openAccount(context: ConnectionContext): OpenConnection {
  const account = new Account(new AmoClient(context));
  return {
    check: (signal) => check(account, signal),
    streams: async (signal) => withLeadProducts(await streamsOf(account, signal)),
    reader: (request) =>
      request.stream === leadProducts.name
        ? new LeadProductsReader(account, request)
        : new AmoReader(account, streamOf(request.stream), request),
    writer: (request) =>
      request.stream === leadProducts.name
        ? new LeadProductsWriter(account)
        : new AmoWriter(account, streamOf(request.stream), request),
    createFields: async (stream, fields, signal) => createFields(account, streamOf(stream), fields, signal),
    values: async (stream, field, signal) =>
      stream === leadProducts.name ? [] : choicesOf(account, streamOf(stream), field, signal),
    registerWebhook: (url, secret, streams, signal) => registerWebhook(account, url, secret, streams, signal),
    removeWebhook: (registration, signal) => removeWebhook(account, registration, signal),
    close: async () => undefined,
  };
}
