import type { MethodTable } from '../call.js';
import { addActivityMethods } from './activities.js';
import { addCommentMethods } from './comments.js';
import { addDirectoryMethods } from './directories.js';
import { addDiskMethods } from './disk.js';
import { addDuplicateMethods } from './duplicates.js';
import { addEventMethods } from './events.js';
import { addLinkMethods } from './links.js';
import { addOldItemMethods } from './old-items.js';
import { addProductRowMethods } from './product-rows.js';
import { addProductMethods } from './products.js';
import { addRequisiteMethods } from './requisites.js';
import { addSystemMethods } from './system.js';
import { addTaskMethods } from './tasks.js';
import { addUniversalItemMethods } from './universal-items.js';
import { addUserFieldMethods } from './user-fields.js';

/** Every method of the second version of the API. */
export function makeMethods(): MethodTable {
  const table: MethodTable = new Map();
  for (const add of [
    addActivityMethods,
    addCommentMethods,
    addDirectoryMethods,
    addDiskMethods,
    addDuplicateMethods,
    addEventMethods,
    addLinkMethods,
    addOldItemMethods,
    addProductMethods,
    addProductRowMethods,
    addRequisiteMethods,
    addTaskMethods,
    addUniversalItemMethods,
    addUserFieldMethods,
    addSystemMethods,
  ]) {
    add(table);
  }
  return table;
}
