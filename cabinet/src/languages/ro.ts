import { together } from './together.js';

export const words = together(import.meta.glob('./*/ro.json', { eager: true, import: 'default' }));
