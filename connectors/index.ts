import { createHttpConnector } from './http/connector.js';
import type { Service } from './http/service.js';
import type { Connector } from './kit/index.js';

/** All connectors, sorted by id. `services`: the declarative services that ship with the product, by id. */
export function createConnectors(services: ReadonlyMap<string, Service>): readonly Connector[] {
  return [createHttpConnector(services)];
}
