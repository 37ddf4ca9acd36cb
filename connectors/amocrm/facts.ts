import type { Fact } from '../kit/index.js';

const filters = 'https://www.amocrm.ru/developers/content/crm_platform/filters-api';
const limits = 'https://www.amocrm.ru/developers/content/crm_platform/api-reference';
const library = 'https://github.com/amocrm/amocrm-api-php';

export const facts: readonly Fact[] = [
  {
    text: 'Pages hold up to 250 records, events up to 100; an empty list is status 204 without a body.',
    isVerified: true,
    source: library,
  },
  {
    text: 'An account without API filters ignores `filter[...]` of leads, contacts and companies in silence; this is noticed and changes are then read from the newest backwards.',
    isVerified: true,
    source: filters,
  },
  {
    text: 'One bad record makes the vendor refuse the whole request; the others are sent again without it.',
    isVerified: true,
    source: 'https://github.com/amocrm/amocrm-api-php/issues/115',
  },
  {
    text: 'A refresh token works once; a second use is refused and asks for a new consent.',
    isVerified: true,
    source: 'https://github.com/amocrm/amocrm-api-php/issues/123',
  },
  {
    text: 'Records cannot be deleted by the API; deletions are seen in the log of events.',
    isVerified: true,
    source: library,
  },
  { text: 'At most 7 requests a second for an integration and 50 for an account.', isVerified: true, source: limits },
  {
    text: 'Links, tags and notes do not always move the moment of change, so a change of a link alone may be seen late.',
    isVerified: false,
  },
  {
    text: 'Merging contacts makes one of the ids go; whether the log tells this as a deletion is not known.',
    isVerified: false,
  },
  {
    text: 'Amounts of leads are whole numbers in older accounts; newer ones keep minor units.',
    isVerified: false,
    source: library,
  },
  {
    text: 'A blocked address gets a page with status 403; for how long is not documented, so a quarter of an hour is waited.',
    isVerified: false,
    source: 'https://github.com/amocrm/amocrm-api-php/issues/434',
  },
];
