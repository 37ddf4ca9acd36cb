import promise from '../siege/promises/44-expressions.js';
import { shortForm } from './short-form.js';

shortForm(promise);
