import { type Field, fieldsFrom } from './fields.js';

const HEAD = `id|ID|integer|o|ID
createdTime|DATE_CREATE|datetime|o|Created on
updatedTime|DATE_MODIFY|datetime|o|Modified on
createdBy|CREATED_BY_ID|user|o|Created by
updatedBy|MODIFY_BY_ID|user|o|Modified by
assignedById|ASSIGNED_BY_ID|user||Responsible person
opened|OPENED|char||Available to everyone`;

const TAIL = `originatorId|ORIGINATOR_ID|string||External source
originId|ORIGIN_ID|string||Item ID in data source
utmSource|UTM_SOURCE|string||Ad system
utmMedium|UTM_MEDIUM|string||Medium
utmCampaign|UTM_CAMPAIGN|string||Ad campaign UTM
utmContent|UTM_CONTENT|string||Campaign contents
utmTerm|UTM_TERM|string||Campaign search term
lastActivityTime|LAST_ACTIVITY_TIME|datetime|o|Last activity
lastActivityBy|LAST_ACTIVITY_BY|user|o|Last timeline activity by
webformId|WEBFORM_ID|integer|U|Created by CRM form`;

const ADDRESS = `address|ADDRESS|string|L|Address
address2|ADDRESS_2|string|L|Address (line 2)
addressCity|ADDRESS_CITY|string|L|City
addressPostalCode|ADDRESS_POSTAL_CODE|string|L|Zip
addressRegion|ADDRESS_REGION|string|L|Region
addressProvince|ADDRESS_PROVINCE|string|L|State
addressCountry|ADDRESS_COUNTRY|string|L|Country
addressCountryCode|ADDRESS_COUNTRY_CODE|string|L|Country code
addressLocAddrId|ADDRESS_LOC_ADDR_ID|integer|L|Location address ID`;

const WAYS = `hasPhone|HAS_PHONE|char|o|Has phone
hasEmail|HAS_EMAIL|char|o|Has email
hasImol|HAS_IMOL|char|o|Has open channel
phone|PHONE|crm_multifield|mLh|Phone
email|EMAIL|crm_multifield|mLh|E-mail
web|WEB|crm_multifield|mLh|Website
im|IM|crm_multifield|mLh|Messenger
link|LINK|crm_multifield|mLh|Link
fm|FM|crm_multifield|mU|Communications`;

const MONEY = `opportunity|OPPORTUNITY|double||Total
isManualOpportunity|IS_MANUAL_OPPORTUNITY|char||Amount calculation mode
currencyId|CURRENCY_ID|crm_currency||Currency`;

const SOURCE = `sourceId|SOURCE_ID|crm_status||Source|SOURCE
sourceDescription|SOURCE_DESCRIPTION|string||Source information`;

const MOVED = `movedBy|MOVED_BY_ID|user|o|Moved by
movedTime|MOVED_TIME|datetime|o|Moved on`;

/** The standard fields of every kind of CRM item. */
export const standardFields: Readonly<Record<'lead' | 'deal' | 'contact' | 'company' | 'dynamic', string>> = {
  lead: `${HEAD}
title|TITLE|string||Lead name
honorific|HONORIFIC|crm_status||Salutation|HONORIFIC
name|NAME|string||First name
secondName|SECOND_NAME|string||Second name
lastName|LAST_NAME|string||Last name
birthdate|BIRTHDATE|date||Date of birth
companyTitle|COMPANY_TITLE|string||Company name
post|POST|string||Position
stageId|STATUS_ID|crm_status||Stage|STATUS
statusDescription|STATUS_DESCRIPTION|string||Stage information
stageSemanticId|STATUS_SEMANTIC_ID|string|o|Stage group
comments|COMMENTS|string||Comment
companyId|COMPANY_ID|crm_company||Company
contactId|CONTACT_ID|crm_contact|d|Contact
contactIds|CONTACT_IDS|crm_contact|mh|Contacts
observers|OBSERVER_IDS|user|mU|Observers
isReturnCustomer|IS_RETURN_CUSTOMER|char|o|Repeat lead
dateClosed|DATE_CLOSED|datetime|o|Closed on
${SOURCE}
${MONEY}
${MOVED}
${ADDRESS}
${WAYS}
${TAIL}`,
  deal: `${HEAD}
title|TITLE|string||Name
typeId|TYPE_ID|crm_status||Type|DEAL_TYPE
categoryId|CATEGORY_ID|crm_category|i|Pipeline
stageId|STAGE_ID|crm_status||Stage|DEAL_STAGE
stageSemanticId|STAGE_SEMANTIC_ID|string|o|Stage group
isNew|IS_NEW|char|o|New deal
isRecurring|IS_RECURRING|char||Recurring deal
isReturnCustomer|IS_RETURN_CUSTOMER|char||Repeat deal
isRepeatedApproach|IS_REPEATED_APPROACH|char||Repeat inquiry
probability|PROBABILITY|integer||Probability
taxValue|TAX_VALUE|double||Tax amount
leadId|LEAD_ID|crm_lead|o|Lead
companyId|COMPANY_ID|crm_company||Company
contactId|CONTACT_ID|crm_contact|d|Contact
contactIds|CONTACT_IDS|crm_contact|mh|Contacts
quoteId|QUOTE_ID|crm_quote|o|Estimate
begindate|BEGINDATE|date||Start date
closedate|CLOSEDATE|date||End date
closed|CLOSED|char||Closed
comments|COMMENTS|string||Comment
additionalInfo|ADDITIONAL_INFO|string||Additional information
observers|OBSERVER_IDS|user|mU|Observers
${SOURCE}
${MONEY}
${MOVED}
${TAIL}
parentId177|PARENT_ID_177|crm_entity||Delivery`,
  contact: `${HEAD}
honorific|HONORIFIC|crm_status||Salutation|HONORIFIC
name|NAME|string|R|First name
secondName|SECOND_NAME|string||Second name
lastName|LAST_NAME|string|R|Last name
photo|PHOTO|file||Photo
birthdate|BIRTHDATE|date||Date of birth
typeId|TYPE_ID|crm_status||Contact type|CONTACT_TYPE
post|POST|string||Position
comments|COMMENTS|string||Comment
companyId|COMPANY_ID|crm_company|d|Company
companyIds|COMPANY_IDS|crm_company|mh|Companies
export|EXPORT|char||Include in export
leadId|LEAD_ID|crm_lead|o|Lead
originVersion|ORIGIN_VERSION|string||Original version
observers|OBSERVER_IDS|user|mU|Observers
${SOURCE}
${ADDRESS}
${WAYS}
${TAIL}`,
  company: `${HEAD}
title|TITLE|string|R|Company Name
typeId|COMPANY_TYPE|crm_status||Company type|COMPANY_TYPE
logo|LOGO|file||Logo
industry|INDUSTRY|crm_status||Industry|INDUSTRY
employees|EMPLOYEES|crm_status||Employees|EMPLOYEES
revenue|REVENUE|double||Annual revenue
currencyId|CURRENCY_ID|crm_currency||Currency
bankingDetails|BANKING_DETAILS|string||Bank details
addressLegal|ADDRESS_LEGAL|string||Legal address
comments|COMMENTS|string||Comment
isMyCompany|IS_MY_COMPANY|char||My company
contactIds|CONTACT_ID|crm_contact|mh|Contacts
leadId|LEAD_ID|crm_lead|o|Lead
originVersion|ORIGIN_VERSION|string||Original version
observers|OBSERVER_IDS|user|mU|Observers
${ADDRESS}
${WAYS}
${TAIL}`,
  dynamic: `id|ID|integer|o|ID
title|TITLE|string||Name
xmlId|XML_ID|string||External ID
createdTime|CREATED_TIME|datetime|o|Created on
updatedTime|UPDATED_TIME|datetime|o|Modified on
createdBy|CREATED_BY|user|o|Created by
updatedBy|UPDATED_BY|user|o|Modified by
assignedById|ASSIGNED_BY_ID|user||Responsible person
opened|OPENED|char|R|Available to everyone
webformId|WEBFORM_ID|integer||Created by CRM form
begindate|BEGINDATE|date||Start date
closedate|CLOSEDATE|date||End date
companyId|COMPANY_ID|crm_company||Company
contactId|CONTACT_ID|crm_contact|d|Contact
contactIds|CONTACT_IDS|crm_contact|m|Contacts
observers|OBSERVERS|user|m|Observers
categoryId|CATEGORY_ID|crm_category||Pipeline
movedTime|MOVED_TIME|datetime|o|Moved on
movedBy|MOVED_BY|user|o|Moved by
stageId|STAGE_ID|crm_status||Stage|DYNAMIC_STAGE
previousStageId|PREVIOUS_STAGE_ID|crm_status|o|Previous stage|DYNAMIC_STAGE
${SOURCE}
${MONEY}
taxValue|TAX_VALUE|double||Tax amount
mycompanyId|MYCOMPANY_ID|crm_company||Your company details
lastActivityBy|LAST_ACTIVITY_BY|user|o|Last timeline activity by
lastActivityTime|LAST_ACTIVITY_TIME|datetime|o|Last activity
parentId1|PARENT_ID_1|crm_entity||Lead
parentId2|PARENT_ID_2|crm_entity||Deal`,
};

/** Fields that a portal has switched off: always null in the universal methods. */
export const disabledFields: Readonly<Record<keyof typeof standardFields, readonly string[]>> = {
  lead: ['dateCreateShort', 'dateModifyShort', 'isConvert', 'productId', 'shortName', 'login', 'searchContent'],
  deal: [
    'dateCreateShort',
    'dateModifyShort',
    'productId',
    'begindateShort',
    'closedateShort',
    'eventDate',
    'eventDateShort',
    'eventId',
    'eventDescription',
    'locationId',
    'searchContent',
    'orderStage',
    'isWork',
    'isWon',
    'isLose',
    'receivedAmount',
    'lostAmount',
    'hasProducts',
  ],
  contact: ['dateCreateShort', 'dateModifyShort', 'fullName', 'login', 'faceId', 'searchContent'],
  company: ['dateCreateShort', 'dateModifyShort', 'searchContent'],
  dynamic: [],
};

export const activityFields: readonly Field[] = fieldsFrom(`id|ID|integer|o|ID
ownerId|OWNER_ID|integer|i|Owner ID
ownerTypeId|OWNER_TYPE_ID|crm_enum_ownertype|i|Owner type
typeId|TYPE_ID|crm_enum_activitytype|Ri|Type
providerId|PROVIDER_ID|string||Provider ID
providerTypeId|PROVIDER_TYPE_ID|string||Provider type
providerGroupId|PROVIDER_GROUP_ID|string||Connector type
associatedEntityId|ASSOCIATED_ENTITY_ID|integer|o|Associated entity ID
subject|SUBJECT|string|R|Subject
createdTime|CREATED|datetime|o|Created on
updatedTime|LAST_UPDATED|datetime|o|Last updated
startTime|START_TIME|datetime||Start
endTime|END_TIME|datetime||End
deadline|DEADLINE|datetime||Deadline
completed|COMPLETED|char||Completed
status|STATUS|crm_enum_activitystatus||Status
assignedById|RESPONSIBLE_ID|user|R|Responsible person
priority|PRIORITY|crm_enum_activitypriority||Priority
notifyType|NOTIFY_TYPE|crm_enum_activitynotifytype||Notification type
notifyValue|NOTIFY_VALUE|integer||Notification parameter
description|DESCRIPTION|string||Description
descriptionType|DESCRIPTION_TYPE|crm_enum_contenttype||Description type
direction|DIRECTION|crm_enum_activitydirection||Direction
location|LOCATION|string||Location
settings|SETTINGS|object||Settings
originatorId|ORIGINATOR_ID|string||External source
originId|ORIGIN_ID|string||External code
createdBy|AUTHOR_ID|user|o|Created by
updatedBy|EDITOR_ID|user|o|Edited by
providerParams|PROVIDER_PARAMS|object||Provider parameters
providerData|PROVIDER_DATA|string||Provider data
resultMark|RESULT_MARK|integer||RESULT_MARK
resultStatus|RESULT_STATUS|integer||RESULT_STATUS
autocompleteRule|AUTOCOMPLETE_RULE|integer||Autocomplete
bindings|BINDINGS|crm_activity_binding|omh|Bindings
communications|COMMUNICATIONS|crm_activity_communication|Rmh|Communications
files|FILES|diskfile|mh|Files
webdavElements|WEBDAV_ELEMENTS|diskfile|mhd|Added files
isIncomingChannel|IS_INCOMING_CHANNEL|char|o|IS_INCOMING_CHANNEL`);

export const commentFields: readonly Field[] = fieldsFrom(`id|ID|integer|o|ID
entityId|ENTITY_ID|integer|Ri|ID of the item
entityType|ENTITY_TYPE|string|Ri|Type of the item
createdTime|CREATED|datetime|o|Date added
comment|COMMENT|string||Comment text
createdBy|AUTHOR_ID|user|i|Author
files|FILES|attached_diskfile|m|Files`);

export const requisiteFields: readonly Field[] = fieldsFrom(`id|ID|integer|o|ID
entityTypeId|ENTITY_TYPE_ID|integer|Ri|Entity type ID
entityId|ENTITY_ID|integer|Ri|Entity ID
presetId|PRESET_ID|integer|Ri|Preset ID
createdTime|DATE_CREATE|datetime|o|Created on
updatedTime|DATE_MODIFY|datetime|o|Modified on
createdBy|CREATED_BY_ID|user|o|Created by
updatedBy|MODIFY_BY_ID|user|o|Modified by
name|NAME|string|R|Name
code|CODE|string||Symbolic code
xmlId|XML_ID|string||External key
originatorId|ORIGINATOR_ID|string||External source
active|ACTIVE|char||Active
addressOnly|ADDRESS_ONLY|char||Address only
sort|SORT|integer||Sorting
rqName|RQ_NAME|string||Full name
rqFirstName|RQ_FIRST_NAME|string||First name
rqLastName|RQ_LAST_NAME|string||Last name
rqCompanyName|RQ_COMPANY_NAME|string||Short company name
rqCompanyFullName|RQ_COMPANY_FULL_NAME|string||Full company name
rqDirector|RQ_DIRECTOR|string||CEO
rqEmail|RQ_EMAIL|string||E-mail
rqPhone|RQ_PHONE|string||Phone
rqInn|RQ_INN|string||INN
rqKpp|RQ_KPP|string||KPP
rqOgrn|RQ_OGRN|string||OGRN
rqOkpo|RQ_OKPO|string||OKPO
rqEdrpou|RQ_EDRPOU|string||EDRPOU
rqVatId|RQ_VAT_ID|string||VAT ID`);

/** Products: the upper names serve `crm.product.*`, the camel names `catalog.product.*`. */
export const productFields: readonly Field[] = fieldsFrom(`id|ID|integer|o|ID
iblockId|CATALOG_ID|integer|Ri|Catalog
name|NAME|string|R|Name
active|ACTIVE|char||Active
code|CODE|string||Symbolic code
xmlId|XML_ID|string||External ID
price|PRICE|double|L|Price
currencyId|CURRENCY_ID|string|L|Currency
vatId|VAT_ID|integer||VAT rate ID
vatIncluded|VAT_INCLUDED|char||VAT included
measure|MEASURE|integer||Unit of measure
iblockSectionId|SECTION_ID|integer||Section
sort|SORT|integer||Sorting
detailText|DESCRIPTION|string||Description
detailTextType|DESCRIPTION_TYPE|string||Description type
previewText|PREVIEW_TEXT|string||Short description
available|AVAILABLE|char|oU|Available
bundle|BUNDLE|char|oU|Bundle
canBuyZero|CAN_BUY_ZERO|char|U|May be bought when out of stock
quantity|QUANTITY|double|U|Quantity
quantityReserved|QUANTITY_RESERVED|double|oU|Reserved
quantityTrace|QUANTITY_TRACE|char|U|Stock control
purchasingPrice|PURCHASING_PRICE|double|U|Purchase price
purchasingCurrency|PURCHASING_CURRENCY|string|U|Purchase currency
weight|WEIGHT|double|U|Weight
type|TYPE|integer|oU|Product type
property258|PROPERTY_258|productproperty|U|Brand
createdBy|CREATED_BY|user|o|Created by
updatedBy|MODIFIED_BY|user|o|Modified by
createdTime|DATE_CREATE|datetime|o|Created on
updatedTime|TIMESTAMP_X|datetime|o|Modified on`);

export const productRowFields: readonly Field[] = fieldsFrom(`id|ID|integer|o|ID
ownerId|OWNER_ID|integer|Ri|Owner ID
ownerType|OWNER_TYPE|string|Ri|Owner type
productId|PRODUCT_ID|integer||Product
productName|PRODUCT_NAME|string||Product name
price|PRICE|double||Price
priceAccount|PRICE_ACCOUNT|double|o|Price in the reporting currency
priceExclusive|PRICE_EXCLUSIVE|double||Price without tax
priceNetto|PRICE_NETTO|double||Price before discount without tax
priceBrutto|PRICE_BRUTTO|double||Price before discount with tax
quantity|QUANTITY|double||Quantity
discountTypeId|DISCOUNT_TYPE_ID|integer||Discount type
discountRate|DISCOUNT_RATE|double||Discount rate
discountSum|DISCOUNT_SUM|double||Discount amount
taxRate|TAX_RATE|double||Tax rate
taxIncluded|TAX_INCLUDED|char||Tax included
customized|CUSTOMIZED|char|o|Changed
measureCode|MEASURE_CODE|integer||Unit code
measureName|MEASURE_NAME|string|o|Unit
sort|SORT|integer||Sorting
xmlId|XML_ID|string|o|External key
type|TYPE|integer|o|Product type`);

export const taskFields: readonly Field[] = fieldsFrom(`id|ID|integer|o|ID
parentId|PARENT_ID|integer||Parent task
title|TITLE|string|R|Title
description|DESCRIPTION|string||Description
mark|MARK|string||Mark
priority|PRIORITY|integer||Priority
status|STATUS|integer||Status
realStatus|REAL_STATUS|integer|Lh|Status
multitask|MULTITASK|char||Several people
responsibleId|RESPONSIBLE_ID|user|R|Responsible person
createdBy|CREATED_BY|user||Creator
createdDate|CREATED_DATE|datetime|o|Created on
updatedBy|CHANGED_BY|user|o|Changed by
changedDate|CHANGED_DATE|datetime|o|Changed on
closedBy|CLOSED_BY|user|o|Closed by
closedDate|CLOSED_DATE|datetime|o|Closed on
activityDate|ACTIVITY_DATE|datetime|o|Active on
dateStart|DATE_START|datetime||Started on
deadline|DEADLINE|datetime||Deadline
startDatePlan|START_DATE_PLAN|datetime||Planned start
endDatePlan|END_DATE_PLAN|datetime||Planned end
guid|GUID|string|o|GUID
xmlId|XML_ID|string||External ID
allowChangeDeadline|ALLOW_CHANGE_DEADLINE|char||Deadline may be changed
taskControl|TASK_CONTROL|char||Needs approval
timeEstimate|TIME_ESTIMATE|integer||Time estimate
groupId|GROUP_ID|integer||Project
favorite|FAVORITE|char||Favourite
accomplices|ACCOMPLICES|user|m|Participants
auditors|AUDITORS|user|m|Observers
tags|TAGS|string|m|Tags
ufCrmTask|UF_CRM_TASK|crm|m|CRM items
ufTaskWebdavFiles|UF_TASK_WEBDAV_FILES|file|m|Files`);
