import type { Migration } from 'kysely';
import * as engine from './0001-engine.js';
import * as vanished from './0002-vanished.js';
import * as accounts from './0003-accounts.js';
import * as layout from './0004-layout.js';
import * as trialVersions from './0005-trial-versions.js';

/** All migrations by name, in order; listed by hand so that a built bundle holds them. */
export const migrations: Record<string, Migration> = {
  '0001-engine': engine,
  '0002-vanished': vanished,
  '0003-accounts': accounts,
  '0004-layout': layout,
  '0005-trial-versions': trialVersions,
};
