import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { Failure } from '../../core/failures.js';
import { type TariffFile, tariffSchema } from '../schema/module.js';

/** The tariffs of a folder of modules, checked. Throws `definition/invalid` for the first file that is not right. */
export function loadTariffs(folder: string): readonly TariffFile[] {
  const validate = new Ajv2020({ strict: false }).compile<TariffFile>(tariffSchema);
  const tariffs: TariffFile[] = [];
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith('.yaml')) continue;
    const file = join(folder, name);
    const value: unknown = parse(readFileSync(file, 'utf8'));
    if ((value as { kind?: unknown } | null)?.kind !== 'tariff') continue;
    if (!validate(value)) {
      const [first] = validate.errors ?? [];
      throw invalid(file, `${first?.instancePath ?? ''} ${first?.message ?? ''}`.trim());
    }
    if (value.module !== basename(name, '.yaml')) throw invalid(file, 'its name is not that of the file');
    tariffs.push(value);
  }
  return tariffs;
}

function invalid(file: string, what: string): Failure {
  return new Failure('definition/invalid', {
    message: `The module \`${file}\` is not right: ${what}.`,
    hint: 'Compare it with the other files of the folder.',
    where: { file },
  });
}
