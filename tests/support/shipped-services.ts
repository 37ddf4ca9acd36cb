import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { parseService, type Service } from '../../connectors/http/service.js';
import { findProjectFolder } from '../../runtime/project-folder.js';

/** The declarative services that ship with the product, by id. */
export function shippedServices(): ReadonlyMap<string, Service> {
  const text = readFileSync(join(findProjectFolder(), 'definitions/services/rest-crm.yaml'), 'utf8');
  const service = parseService(parse(text));
  return new Map([[service.service, service]]);
}
