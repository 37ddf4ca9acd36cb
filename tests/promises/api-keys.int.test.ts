import promise from '../siege/promises/62-keys.js';
import { shortForm } from './short-form.js';

shortForm(promise);
