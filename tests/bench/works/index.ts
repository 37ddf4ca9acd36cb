import { cabinetEditing } from './cabinet-editing.js';
import { crmLimits, crmMigration } from './crm.js';
import { csvToFile } from './csv-to-file.js';
import { incremental } from './incremental.js';
import { killed } from './killed.js';
import { limited } from './limited.js';
import { startUp } from './start-up.js';
import { toFile } from './to-file.js';
import { toHttp } from './to-http.js';
import { toPostgres } from './to-postgres.js';
import type { Work } from './work.js';

export const works: readonly Work[] = [
  toHttp('A-http', 'upsert', 0.6),
  toHttp('A-create', 'create', 0.5),
  toPostgres,
  toFile,
  csvToFile,
  limited,
  incremental,
  killed,
  startUp,
  crmMigration,
  crmLimits,
  cabinetEditing,
];
