import promise from '../siege/promises/67-restore.js';
import { shortForm } from './short-form.js';

shortForm(promise);
