import { v7 } from 'uuid';

/** Time-ordered ids for rows; made here so that the data path has one place to change. */
export function uuidv7(): string {
  return v7();
}
