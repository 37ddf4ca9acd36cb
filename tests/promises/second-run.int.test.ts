import promise from '../siege/promises/08-second-run.js';
import { shortForm } from './short-form.js';

shortForm(promise);
