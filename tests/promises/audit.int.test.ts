import promise from '../siege/promises/65-audit.js';
import { shortForm } from './short-form.js';

shortForm(promise);
