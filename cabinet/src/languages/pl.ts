import { together } from './together.js';

export const words = together(import.meta.glob('./*/pl.json', { eager: true, import: 'default' }));
