import { columnsOf } from '../schema/columns.js';
import type { StandardStream } from './stream.js';

/** Files and links of records. `Name` of a link is its address; bytes go in as `content`, and come out by a look-up. */
export const files: readonly StandardStream[] = [
  fileStream('company_files', 'Account', 'Files of companies'),
  fileStream('contact_files', 'Contact', 'Files of contacts'),
  fileStream('lead_files', 'Lead', 'Files of leads'),
  fileStream('deal_files', 'Opportunity', 'Files of deals'),
  fileStream('activity_files', 'Activity', 'Files of activities'),
];

function fileStream(name: string, object: string, title: string): StandardStream {
  return {
    name,
    set: `${object}File`,
    title,
    columns: columnsOf(`
      text: Name! Notes
      lookup: ${object}Id! TypeId>FileType
      integer: Size Version
    `),
    content: 'Data',
  };
}
