// Writes the files that are made from code; with --check it only says which of them are out of date.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tsImport } from 'tsx/esm/api';
import { project } from './sources.mjs';

const onlyChecks = process.argv.includes('--check');
const files = await wantedFiles();
const stale = files.filter(({ path, text }) => read(path) !== text);
for (const { path, text } of stale) {
  if (!onlyChecks) writeFileSync(join(project, path), text);
  console.log(`${path} ${onlyChecks ? 'is out of date: run `node scripts/generate.mjs`' : 'is written'}.`);
}
process.exitCode = onlyChecks && stale.length > 0 ? 1 : 0;

async function wantedFiles() {
  const { clientTypesText } = await tsImport(join(project, 'api/client-types.ts'), import.meta.url);
  const { generatedFiles } = await tsImport(join(project, 'definitions/load/index.ts'), import.meta.url);
  const { templatesFile } = await tsImport(join(project, 'scripts/sentences.ts'), import.meta.url);
  const { renderAccess } = await tsImport(join(project, 'api/access/document.ts'), import.meta.url);
  return [
    ...generatedFiles(),
    templatesFile(),
    { path: 'client/schema.generated.ts', text: await clientTypesText() },
    { path: 'docs/access.md', text: renderAccess() },
  ];
}

function read(path) {
  try {
    return readFileSync(join(project, path), 'utf8');
  } catch {
    return undefined;
  }
}
