import lies from '../siege/promises/27-lies.js';
import webhooks from '../siege/promises/32-webhooks.js';
import lostWebhooks from '../siege/promises/33-lost-webhooks.js';
import kills from '../siege/promises/69-migration-kills.js';
import storm from '../siege/promises/70-migration-storm.js';
import { shortForm } from './short-form.js';

for (const promise of [lies, webhooks, lostWebhooks, kills, storm]) shortForm(promise);
