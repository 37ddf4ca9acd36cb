import promise from '../siege/promises/47-definitions.js';
import { shortForm } from './short-form.js';

shortForm(promise);
