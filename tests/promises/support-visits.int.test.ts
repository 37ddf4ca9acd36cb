import promise from '../siege/promises/61-support.js';
import { shortForm } from './short-form.js';

shortForm(promise);
