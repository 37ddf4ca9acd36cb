import { columnsOf } from '../schema/columns.js';
import type { StandardStream } from './stream.js';

/** Messages in the feed of a record: `EntityName` is the object (`Opportunity`), `EntityId` the record. */
export const notes: StandardStream = {
  name: 'notes',
  set: 'SocialMessage',
  title: 'Notes in the feed',
  columns: columnsOf(`
    text: Message!
    id: EntityId! EntitySchemaUId
    lookup: ParentId>SocialMessage
  `),
  owner: { field: 'EntityName', schema: 'EntitySchemaUId' },
};
