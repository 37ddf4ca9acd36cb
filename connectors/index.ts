import amocrm from './amocrm/connector.js';
import bitrix24 from './bitrix24/connector.js';
import creatio from './creatio/connector.js';
import file from './file/connector.js';
import { createHttpConnector } from './http/connector.js';
import type { Service } from './http/service.js';
import type { Connector } from './kit/index.js';
import postgres from './postgres/connector.js';
import webhook from './webhook/connector.js';

/** All connectors, sorted by id. `services`: the declarative services that ship with the product, by id. */
export function createConnectors(services: ReadonlyMap<string, Service>): readonly Connector[] {
  return [amocrm, bitrix24, creatio, file, createHttpConnector(services), postgres, webhook];
}

/** The same connectors by their ids. */
export function connectorsById(connectors: readonly Connector[]): ReadonlyMap<string, Connector> {
  return new Map(connectors.map((connector) => [connector.id, connector]));
}
