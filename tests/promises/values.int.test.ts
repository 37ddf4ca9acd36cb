import promise from '../siege/promises/11-values.js';
import { shortForm } from './short-form.js';

shortForm(promise);
