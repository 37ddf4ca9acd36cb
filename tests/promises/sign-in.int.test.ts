import { describe } from '@jest/globals';
import login from '../siege/promises/54-login.js';
import browser from '../siege/promises/55-browser.js';
import { shortForm } from './short-form.js';

describe('promises of signing in', () => {
  shortForm(login);
  shortForm(browser);
});
