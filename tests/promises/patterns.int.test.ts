import promise from '../siege/promises/49-patterns.js';
import { shortForm } from './short-form.js';

shortForm(promise);
