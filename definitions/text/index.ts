export type { MapPlace } from './edit-places.js';
export {
  addFlow,
  addSlot,
  addStep,
  addTarget,
  moveStep,
  type NewFlow,
  type Reference,
  removeFlow,
  removeMapped,
  removeSlot,
  removeStep,
  removeTarget,
  renameFlow,
  renameMapped,
  renameSlot,
  setConnector,
  setErrors,
  setMapped,
  setRef,
  setSource,
  setStep,
  setTarget,
  setTitle,
  setTrigger,
  setValueMap,
} from './edits.js';
export { damerauLevenshtein, didYouMean, nearest } from './nearest.js';
export { pathText, type TextPath, type TextProblem, type TextRange } from './problem.js';
export { moveMember, renameKey } from './rearrange.js';
export { dropValue, insertMember, putValue, spliceText } from './splice.js';
export { type ParsedText, parseText, type TextNode, type TextTree } from './tree.js';
