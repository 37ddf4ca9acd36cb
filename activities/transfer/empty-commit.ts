import type { Commit } from '../../store/commits.js';

/** A commit that stores nothing: what there is to store is added to it. */
export const nothing: Commit = {
  links: [],
  closedBatches: [],
  recoveredBatches: [],
  openedBatches: [],
  checkpoint: null,
  progress: null,
  positions: null,
  counts: new Map(),
  pages: 0,
  deadLetters: [],
  solved: [],
  waiting: [],
  noLongerWaiting: [],
  lateRefs: [],
  settledLateRefs: [],
  settledTouches: [],
};
