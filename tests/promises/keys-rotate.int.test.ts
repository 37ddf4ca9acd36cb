import promise from '../siege/promises/64-keys-rotate.js';
import { shortForm } from './short-form.js';

shortForm(promise);
