import type { SandboxClock } from '../kit/clock.js';
import type { Random } from '../kit/random.js';
import type { CreatioUser } from './auth/users.js';
import type { RowFinder } from './query/rows.js';
import type { Rights } from './rights.js';
import type { SchemaModel } from './schema/model.js';
import type { FileStore } from './services/files.js';
import type { CreatioStore } from './store.js';
import type { CreatioSettings } from './switches.js';
import type { Writer } from './writing/writer.js';

/** Everything that the protocols work with. */
export interface QueryWorld {
  readonly model: SchemaModel;
  readonly store: CreatioStore;
  readonly writer: Writer;
  readonly finder: RowFinder;
  readonly rights: Rights;
  readonly files: FileStore;
  readonly settings: CreatioSettings;
  readonly clock: SandboxClock;
  readonly users: readonly CreatioUser[];
  /** Decides about shares, such as `error_after_write`. */
  readonly random: Random;
}
