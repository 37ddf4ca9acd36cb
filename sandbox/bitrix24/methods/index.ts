import type { MethodTable } from '../call.js';
import { addEventMethods } from './events.js';
import { addOldItemMethods } from './old-items.js';
import { addSystemMethods } from './system.js';
import { addUniversalItemMethods } from './universal-items.js';

/** Every method of the second version of the API. */
export function makeMethods(): MethodTable {
  const table: MethodTable = new Map();
  addOldItemMethods(table);
  addUniversalItemMethods(table);
  addEventMethods(table);
  addSystemMethods(table);
  return table;
}
