import { openApiDocument } from './http/openapi.js';

const head = '// Made from the OpenAPI document by `node scripts/generate.mjs`; do not edit.\n';

/** The types of `client/schema.generated.ts`, made from the route table. For the generator only: it needs development packages. */
export async function clientTypesText(): Promise<string> {
  const { default: openapiTS, astToString } = await import('openapi-typescript');
  // The version and the address of one installation do not belong into the types.
  const document = openApiDocument('http://127.0.0.1:7400', '1');
  return head + astToString(await openapiTS(document as never, { alphabetize: true }));
}
