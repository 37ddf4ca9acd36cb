export { type CheckedDefinition, type CheckOptions, checkDefinition } from './check-definition.js';
export { durationMs, durationText, shareOf } from './durations.js';
export { type Problem, type ProblemCode, problemCodes } from './problems.js';
