import { shortForm } from '../../promises/short-form.js';
import promise from '../../siege/promises/56-rights.js';

shortForm(promise);
