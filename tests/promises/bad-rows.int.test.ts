import promise from '../siege/promises/13-bad-rows.js';
import { shortForm } from './short-form.js';

shortForm(promise);
