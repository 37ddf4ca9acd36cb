import promise from '../siege/promises/29-refresh.js';
import { shortForm } from './short-form.js';

shortForm(promise);
