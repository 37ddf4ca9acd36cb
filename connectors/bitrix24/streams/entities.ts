import type { FieldDeclaration } from '../../kit/index.js';
import { communications, fieldsOf, productRows } from './fields.js';
import { type Names, namesOf } from './names.js';

/** A type of records that the universal methods (`crm.item.*`) serve. */
export interface Entity {
  readonly stream: string;
  readonly title: string;
  readonly typeId: number;
  readonly names: Names;
  readonly fields: readonly FieldDeclaration[];
  /** The field with the time of the last change, and the one with our own id, as records name them. */
  readonly changedField: string;
  readonly ownIdField: string;
  /** Our name stands beside the own id, since other systems use that field too. */
  readonly originatorField: string | null;
  /** Short code of the type where it has product rows. */
  readonly rowsOwner: string | null;
  /** Whether phones and addresses belong to it. */
  readonly hasCommunications: boolean;
  /** Name in the old methods, events and the duplicates' search; null where there is none. */
  readonly code: 'LEAD' | 'DEAL' | 'CONTACT' | 'COMPANY' | 'QUOTE' | null;
  /** Fields that hold a date without a time. */
  readonly dateFields: readonly string[];
}

const common = `
  !ID text ID
  !DATE_CREATE datetime Created at
  !DATE_MODIFY datetime Changed at
  !CREATED_BY_ID text Created by
  !MODIFY_BY_ID text Changed by
  ASSIGNED_BY_ID text Responsible
  OPENED flag Open to all
  COMMENTS text Comment
  SOURCE_ID text Source
  SOURCE_DESCRIPTION text About the source
  ORIGINATOR_ID text Foreign system
  ORIGIN_ID text Id in the foreign system
  UTM_SOURCE text UTM source
  UTM_MEDIUM text UTM medium
  UTM_CAMPAIGN text UTM campaign
  UTM_CONTENT text UTM content
  UTM_TERM text UTM term
  !LAST_ACTIVITY_TIME datetime Last activity at`;

const person = `
  NAME text First name
  SECOND_NAME text Second name
  LAST_NAME text Last name
  HONORIFIC text Form of address
  POST text Position
  BIRTHDATE date Birth date`;

const sum = `
  OPPORTUNITY money Sum
  CURRENCY_ID text Currency
  IS_MANUAL_OPPORTUNITY flag Sum is entered by hand`;

const leads: Entity = {
  stream: 'leads',
  title: 'Leads',
  typeId: 1,
  names: namesOf('lead'),
  fields: [
    ...fieldsOf(`${common}${person}${sum}
      TITLE text Title
      COMPANY_TITLE text Company name
      STATUS_ID text Stage
      !STATUS_SEMANTIC_ID text Kind of stage, P S or F
      STATUS_DESCRIPTION text About the stage
      COMPANY_ID text Company
      CONTACT_ID text Main contact
      CONTACT_IDS list Contacts, the main one first
      !DATE_CLOSED datetime Closed at
      !HAS_PHONE flag Has a phone
      !HAS_EMAIL flag Has an e-mail`),
    ...communications,
    productRows,
  ],
  changedField: 'DATE_MODIFY',
  ownIdField: 'ORIGIN_ID',
  originatorField: 'ORIGINATOR_ID',
  rowsOwner: 'L',
  hasCommunications: true,
  code: 'LEAD',
  dateFields: ['BIRTHDATE'],
};

const deals: Entity = {
  stream: 'deals',
  title: 'Deals',
  typeId: 2,
  names: namesOf('deal'),
  fields: [
    ...fieldsOf(`${common}${sum}
      TITLE text Title
      CATEGORY_ID text Pipeline
      STAGE_ID text Stage
      !STAGE_SEMANTIC_ID text Kind of stage, P S or F
      TYPE_ID text Type
      PROBABILITY integer Probability in per cent
      TAX_VALUE money Tax
      BEGINDATE date Begins on
      CLOSEDATE date Closes on
      CLOSED flag Closed
      !IS_NEW flag New
      LEAD_ID text Lead
      QUOTE_ID text Quote
      COMPANY_ID text Company
      CONTACT_ID text Main contact
      CONTACT_IDS list Contacts, the main one first
      OBSERVERS list Observers
      ADDITIONAL_INFO text More about it
      !MOVED_TIME datetime Stage changed at
      !MOVED_BY_ID text Stage changed by`),
    productRows,
  ],
  changedField: 'DATE_MODIFY',
  ownIdField: 'ORIGIN_ID',
  originatorField: 'ORIGINATOR_ID',
  rowsOwner: 'D',
  hasCommunications: false,
  code: 'DEAL',
  dateFields: ['BEGINDATE', 'CLOSEDATE'],
};

const contacts: Entity = {
  stream: 'contacts',
  title: 'Contacts',
  typeId: 3,
  names: namesOf('contact'),
  fields: [
    ...fieldsOf(`${common}${person}
      TYPE_ID text Type
      COMPANY_ID text Main company
      COMPANY_IDS list Companies, the main one first
      LEAD_ID text Lead
      EXPORT flag May be exported
      PHOTO object Photo
      ORIGIN_VERSION text Version in the foreign system
      !HAS_PHONE flag Has a phone
      !HAS_EMAIL flag Has an e-mail`),
    ...communications,
  ],
  changedField: 'DATE_MODIFY',
  ownIdField: 'ORIGIN_ID',
  originatorField: 'ORIGINATOR_ID',
  rowsOwner: null,
  hasCommunications: true,
  code: 'CONTACT',
  dateFields: ['BIRTHDATE'],
};

const companies: Entity = {
  stream: 'companies',
  title: 'Companies',
  typeId: 4,
  names: namesOf('company'),
  fields: [
    ...fieldsOf(`${common}
      TITLE text Name
      COMPANY_TYPE text Type
      INDUSTRY text Industry
      EMPLOYEES text Number of employees
      REVENUE money Revenue
      CURRENCY_ID text Currency
      BANKING_DETAILS text Banking details
      ADDRESS_LEGAL text Legal address
      LOGO object Logo
      LEAD_ID text Lead
      ORIGIN_VERSION text Version in the foreign system
      IS_MY_COMPANY flag Own company
      CONTACT_IDS list Contacts
      !HAS_PHONE flag Has a phone
      !HAS_EMAIL flag Has an e-mail`),
    ...communications,
  ],
  changedField: 'DATE_MODIFY',
  ownIdField: 'ORIGIN_ID',
  originatorField: 'ORIGINATOR_ID',
  rowsOwner: null,
  hasCommunications: true,
  code: 'COMPANY',
  dateFields: [],
};

export const entities: readonly Entity[] = [companies, contacts, deals, leads];

/** A smart process; its own id stands in the external code, since it has no origin fields. */
export function smartProcess(typeId: number, title = `Smart process ${typeId}`): Entity {
  return {
    stream: `items_${typeId}`,
    title,
    typeId,
    names: namesOf(null),
    fields: [
      ...fieldsOf(`
        !ID text ID
        TITLE text Title
        XML_ID text External code
        !CREATED_TIME datetime Created at
        !UPDATED_TIME datetime Changed at
        !CREATED_BY text Created by
        !UPDATED_BY text Changed by
        ASSIGNED_BY_ID text Responsible
        OPENED flag Open to all
        CATEGORY_ID text Pipeline
        STAGE_ID text Stage
        BEGINDATE date Begins on
        CLOSEDATE date Closes on
        COMPANY_ID text Company
        CONTACT_ID text Main contact
        CONTACT_IDS list Contacts, the main one first
        SOURCE_ID text Source
        ${sum.trim()}
        OBSERVERS list Observers`),
      productRows,
    ],
    changedField: 'UPDATED_TIME',
    ownIdField: 'XML_ID',
    originatorField: null,
    rowsOwner: `T${typeId.toString(16)}`,
    hasCommunications: false,
    code: null,
    dateFields: ['BEGINDATE', 'CLOSEDATE'],
  };
}

/** `items_128` names the smart process 128. */
export function entityOf(stream: string): Entity | null {
  const known = entities.find((entity) => entity.stream === stream);
  if (known !== undefined) return known;
  const typeId = /^items_(\d{1,9})$/.exec(stream)?.[1];
  return typeId === undefined ? null : smartProcess(Number(typeId));
}

/** `deal_comments` for deals. */
export function commentsName(entity: Entity): string {
  return `${(entity.code ?? '').toLowerCase()}_comments`;
}
