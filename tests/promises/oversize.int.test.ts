import promise from '../siege/promises/19-oversize.js';
import { shortForm } from './short-form.js';

shortForm(promise);
