import promise from '../siege/promises/42-inside-addresses.js';
import { shortForm } from './short-form.js';

shortForm(promise);
