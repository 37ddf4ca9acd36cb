import promise from '../siege/promises/21-schedules.js';
import { shortForm } from './short-form.js';

shortForm(promise);
