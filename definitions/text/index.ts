export { damerauLevenshtein, didYouMean, nearest } from './nearest.js';
export { pathText, type TextPath, type TextProblem, type TextRange } from './problem.js';
export { moveMember, renameKey } from './rearrange.js';
export { spliceText } from './splice.js';
export { type ParsedText, parseText, type TextNode, type TextTree } from './tree.js';
