import { together } from './together.js';

export const words = together(import.meta.glob('./*/ru.json', { eager: true, import: 'default' }));
