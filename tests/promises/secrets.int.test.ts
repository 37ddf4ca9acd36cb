import promise from '../siege/promises/53-secrets.js';
import { shortForm } from './short-form.js';

shortForm(promise);
