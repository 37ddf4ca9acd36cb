import { shortForm } from '../../promises/short-form.js';
import promise from '../../siege/promises/57-accounts.js';

shortForm(promise);
