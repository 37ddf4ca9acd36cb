import promise from '../siege/promises/48-prototypes.js';
import { shortForm } from './short-form.js';

shortForm(promise);
