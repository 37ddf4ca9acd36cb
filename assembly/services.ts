import { join } from 'node:path';
import { parse } from 'yaml';
import { parseService, type Service } from '../connectors/http/service.js';
import { loadServices } from '../definitions/load/index.js';
import { findProjectFolder } from '../runtime/project-folder.js';

/** The declarative services that ship with the product, by id. */
export async function shippedServices(): Promise<ReadonlyMap<string, Service>> {
  const texts = await loadServices(join(findProjectFolder(), 'definitions', 'services'));
  return new Map([...texts].map(([id, { text }]) => [id, parseService(parse(text))]));
}
