export type * from './contract.js';
export type * from './http-contract.js';
export type * from './streams-contract.js';
