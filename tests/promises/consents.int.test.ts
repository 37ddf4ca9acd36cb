import promise from '../siege/promises/59-consents.js';
import { shortForm } from './short-form.js';

shortForm(promise);
