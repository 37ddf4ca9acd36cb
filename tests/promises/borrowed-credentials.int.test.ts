import promise from '../siege/promises/58-borrowed-credentials.js';
import { shortForm } from './short-form.js';

shortForm(promise);
