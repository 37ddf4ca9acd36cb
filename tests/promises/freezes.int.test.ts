import promise from '../siege/promises/02-freezes.js';
import { shortForm } from './short-form.js';

shortForm(promise);
