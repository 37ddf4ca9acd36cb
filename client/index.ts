export * from './client.js';
export * from './events.js';
export * from './lists.js';
export * from './refusal.js';
export * from './runs.js';
