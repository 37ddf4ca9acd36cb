import { together } from './together.js';

export const words = together(import.meta.glob('./*/en.json', { eager: true, import: 'default' }));
