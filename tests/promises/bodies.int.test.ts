import promise from '../siege/promises/51-bodies.js';
import { shortForm } from './short-form.js';

shortForm(promise);
