import { definitionSchema } from './definition.js';

/** The grammar as JSON Schema (draft 2020-12), for editors and forms. Plain JSON. */
export function pipelineJsonSchema(): Record<string, unknown> {
  const plain = JSON.parse(JSON.stringify(definitionSchema)) as Record<string, unknown>;
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', ...plain };
}

/** The text of docs/pipeline.schema.json. */
export function pipelineSchemaText(): string {
  return `${JSON.stringify(pipelineJsonSchema(), null, 2)}\n`;
}
