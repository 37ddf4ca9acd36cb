import type { Fact } from '../kit/index.js';

const academy = 'https://academy.creatio.com/docs/8.x/dev/development-on-creatio-platform/integrations-and-api';
const clio = 'https://github.com/Advance-Technologies-Foundation/clio';

/** `isVerified`: the sandbox does it so and a test of ours runs against it. No live instance has been asked. */
export const facts: readonly Fact[] = [
  {
    text: 'Signing in is at the root of the site in both runtimes; a wrong password is status 200 with `Code` 1.',
    isVerified: true,
    source: `${academy}/authentication`,
  },
  {
    text: 'Every call of a session carries its cookies and the token `BPMCSRF`, reading calls too; else status 403.',
    isVerified: true,
    source: `${academy}/data-services/odata`,
  },
  {
    text: 'A session that is over shows itself as 401, as a redirect, or as the page of the sign-in with status 200.',
    isVerified: true,
    source: clio,
  },
  {
    text: 'Filters name lookups by path (`Account/Id`), records hold them flat (`AccountId`).',
    isVerified: true,
    source: clio,
  },
  {
    text: 'Empty values are shown as the empty GUID, the first moment of year 1, the empty text, 0 and false.',
    isVerified: true,
  },
  {
    text: 'A batch holds 100 requests and goes on after a refused one where `Prefer: continue-on-error` says so.',
    isVerified: true,
    source: `${academy}/data-services/odata/examples/batch-request-examples`,
  },
  { text: 'A create takes an id of ours, and takes it once.', isVerified: true },
  { text: 'A create may fail after its record was written.', isVerified: true, source: clio },
  {
    text: 'An update of a record that is gone may be answered as done; it is looked up in the same batch.',
    isVerified: true,
  },
  { text: 'Deletions are not shown by any service that every instance has.', isVerified: false },
  {
    text: 'The moment of change is set before the transaction ends, so passes overlap by two minutes.',
    isVerified: false,
  },
  {
    text: 'The Growth plan has a quota of 10,000 API calls by user and day; what happens beyond is unknown.',
    isVerified: false,
  },
  { text: 'Columns cannot be added over the web services that integrations use.', isVerified: false },
  { text: 'BPMSoft, a fork, speaks the same protocol with the same names.', isVerified: false },
];
