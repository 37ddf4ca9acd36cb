import type { Random } from '../../kit/random.js';
import type { PortalStore } from '../store.js';
import { seedPeople } from './people.js';
import { seedSales } from './sales.js';
import type { SeedSize } from './size.js';
import type { Sowing } from './sowing.js';
import { seedTimeline } from './timeline.js';
import { seedUserFields } from './user-fields.js';

/** Fills an empty portal. Everything follows from the seed. */
export function seedPortal(store: PortalStore, random: Random, size: SeedSize, dirty = 0): void {
  seedUserFields(store);
  const sow = (name: string): Sowing => ({ store, random: random.fork(name), size, dirty });
  seedPeople(sow);
  seedSales(sow);
  seedTimeline(sow('timeline'));
}
