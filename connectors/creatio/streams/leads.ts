import { columnsOf } from '../schema/columns.js';
import type { StandardStream } from './stream.js';

/** `Contact` and `Account` of a lead are plain text; the lookups are `QualifiedContactId` and `QualifiedAccountId`. */
export const leads: StandardStream = {
  name: 'leads',
  set: 'Lead',
  title: 'Leads',
  columns: columnsOf(`
    text: LeadName Contact Account Website Commentary Notes CountryStr RegionStr CityStr BpmHref BpmRef Address Zip
    lookup: LeadTypeId QualifyStatusId StatusId>LeadStatus RegisterMethodId>LeadRegisterMethod LeadSourceId LeadMediumId OwnerId>Contact SalesOwnerId>Contact QualifiedContactId>Contact QualifiedAccountId>Account OpportunityId OrderId CountryId RegionId CityId WebFormId>GeneratedWebForm LeadDisqualifyReasonId
    email: Email
    phone: MobilePhone BusinesPhone
    money: Budget
    datetime: MeetingDate DecisionDate
    decimal: Score
  `),
};
