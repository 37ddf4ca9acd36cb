import promise from '../siege/promises/16-broken-replay.js';
import { shortForm } from './short-form.js';

shortForm(promise);
