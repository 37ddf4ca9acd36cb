import promise from '../siege/promises/03-crash-points.js';
import { shortForm } from './short-form.js';

shortForm(promise);
