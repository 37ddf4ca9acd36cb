import { existsSync } from 'node:fs';
import { CliFailure, exitCodes } from './tools.js';

/** What `run` and `preview` were given: the path of a file, or the id of a pipeline. */
export type DefinitionInput = { readonly definition: string; readonly file: string } | { readonly pipeline: string };

const idForm = /^[a-z][a-z0-9-]{0,62}$|^[0-9a-f]{8}-[0-9a-f-]{27}$/;

export async function readDefinitionInput(given: string): Promise<DefinitionInput> {
  const looksLikeFile = /[./\\]/.test(given);
  if (!looksLikeFile && !existsSync(given)) {
    if (idForm.test(given)) return { pipeline: given };
    throw new CliFailure(
      exitCodes.usage,
      `\`${given}\` is neither a file nor the id of a pipeline.`,
      'Give the path of a YAML file, or the id of a published pipeline.',
    );
  }
  const { loadDefinition } = await import('../definitions/load/load.js');
  const { text } = await loadDefinition(given);
  return { definition: text, file: given };
}
