import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expressionReference } from '../expressions/reference.js';
import { pipelineSchemaText } from '../schema/json-schema.js';

/** Files that are made from code, with what they must hold. Paths from the project folder. */
export function generatedFiles(): readonly { readonly path: string; readonly text: string }[] {
  return [
    { path: 'docs/expressions.md', text: expressionReference() },
    { path: 'docs/pipeline.schema.json', text: pipelineSchemaText() },
  ];
}

/** Writes them; gives the paths of those that changed. */
export async function writeGenerated(projectFolder: string): Promise<string[]> {
  const changed: string[] = [];
  for (const { path, text } of generatedFiles()) {
    const place = join(projectFolder, path);
    const before = await readFile(place, 'utf8').catch(() => null);
    if (before === text) continue;
    await writeFile(place, text);
    changed.push(path);
  }
  return changed;
}
