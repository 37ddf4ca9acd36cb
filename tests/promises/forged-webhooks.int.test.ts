import promise from '../siege/promises/60-forged-webhooks.js';
import { shortForm } from './short-form.js';

shortForm(promise);
