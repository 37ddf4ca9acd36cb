import { together } from './together.js';

export const words = together(import.meta.glob('./*/uk.json', { eager: true, import: 'default' }));
