import { columnsOf } from '../schema/columns.js';
import type { StandardStream } from './stream.js';

export const deals: StandardStream = {
  name: 'deals',
  set: 'Opportunity',
  title: 'Deals',
  columns: columnsOf(`
    text: Title! Description Notes
    lookup: StageId>OpportunityStage TypeId>OpportunityType CategoryId>OpportunityCategory AccountId ContactId OwnerId>Contact CloseReasonId>OpportunityCloseReason MoodId>OpportunityMood SourceId>OpportunitySource LeadTypeId ResponsibleDepartmentId>OpportunityDepartment
    money: Amount Budget
    integer: Probability
    datetime: DueDate ClosedOnDate
  `),
  details: [
    {
      field: 'contact_ids',
      set: 'OpportunityContact',
      parent: 'OpportunityId',
      identity: ['ContactId'],
      item: 'ContactId',
      flag: { field: 'IsMainContact', of: 'ContactId' },
    },
    {
      field: 'products',
      set: 'OpportunityProductInterest',
      parent: 'OpportunityId',
      identity: ['ProductId'],
      item: null,
      expand: { lookup: 'Product', fields: ['Name'] },
    },
  ],
};

export const dealContacts: StandardStream = {
  name: 'deal_contacts',
  set: 'OpportunityContact',
  title: 'Contacts of deals',
  columns: columnsOf(`
    lookup: OpportunityId! ContactId! RoleId>OppContactRole InfluenceId>OppContactInfluence
    boolean: IsMainContact
  `),
};

export const dealProducts: StandardStream = {
  name: 'deal_products',
  set: 'OpportunityProductInterest',
  title: 'Product lines of deals',
  columns: columnsOf(`
    lookup: OpportunityId! ProductId
    decimal: Quantity
    money: Price Amount
    datetime: OfferDate
    text: Comment
  `),
};
