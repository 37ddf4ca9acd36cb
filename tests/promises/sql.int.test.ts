import promise from '../siege/promises/50-sql.js';
import { shortForm } from './short-form.js';

shortForm(promise, 0.001, 240_000);
