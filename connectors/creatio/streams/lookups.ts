import { columnsOf } from '../schema/columns.js';
import type { StandardStream } from './stream.js';

const caption = `
  text: Name! Description
`;

function lookupStream(name: string, set: string, title: string, more = ''): StandardStream {
  const columns = columnsOf(`${caption.trim()}${more === '' ? '' : `\n${more}`}`);
  return { name, set, title, columns, aliases: { id: 'Id', name: 'Name' } };
}

/** Lists of values that pipelines translate; every other one is a stream by its own name. */
export const lookups: readonly StandardStream[] = [
  lookupStream('deal_stages', 'OpportunityStage', 'Stages of deals', 'integer: Number\nboolean: End Successful'),
  lookupStream('lead_stages', 'QualifyStatus', 'Stages of leads'),
  lookupStream('lead_types', 'LeadType', 'Needs of leads'),
  lookupStream('company_types', 'AccountType', 'Types of companies'),
  lookupStream('contact_types', 'ContactType', 'Types of contacts'),
  lookupStream('activity_types', 'ActivityType', 'Types of activities'),
  lookupStream('activity_categories', 'ActivityCategory', 'Categories of activities'),
  lookupStream('activity_statuses', 'ActivityStatus', 'States of activities'),
  lookupStream('order_statuses', 'OrderStatus', 'States of orders'),
  lookupStream('communication_types', 'CommunicationType', 'Kinds of phones and e-mails'),
  lookupStream('countries', 'Country', 'Countries'),
  lookupStream('cities', 'City', 'Cities'),
  lookupStream('currencies', 'Currency', 'Currencies'),
];
