import { columnsOf } from '../schema/columns.js';
import type { StandardStream } from './stream.js';

/** Tasks, calls, meetings and e-mails: `TypeId` and `ActivityCategoryId` tell them apart. */
export const activities: StandardStream = {
  name: 'activities',
  set: 'Activity',
  title: 'Activities',
  columns: columnsOf(`
    text: Title! DetailedResult Body Sender Recepient CopyRecepient Notes
    datetime: StartDate DueDate RemindToOwnerDate
    lookup: TypeId>ActivityType ActivityCategoryId StatusId>ActivityStatus PriorityId>ActivityPriority ResultId>ActivityResult OwnerId>Contact AuthorId>Contact AccountId ContactId LeadId OpportunityId OrderId
    boolean: ShowInScheduler RemindToOwner
  `),
};
