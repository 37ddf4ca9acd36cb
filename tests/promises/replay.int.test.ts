import promise from '../siege/promises/15-replay.js';
import { shortForm } from './short-form.js';

shortForm(promise);
