import { columnsOf } from '../schema/columns.js';
import type { StandardStream } from './stream.js';

export const contacts: StandardStream = {
  name: 'contacts',
  set: 'Contact',
  title: 'Contacts',
  columns: columnsOf(`
    text: Name! Surname GivenName MiddleName Dear JobTitle Skype Address Zip Notes GPSN GPSE
    lookup: SalutationTypeId>ContactSalutationType GenderId AccountId TypeId>ContactType OwnerId>Contact JobId DepartmentId AddressTypeId CityId RegionId CountryId LanguageId>SysLanguage PhotoId>SysImage
    date: BirthDate
    phone: Phone MobilePhone HomePhone
    email: Email
    boolean: DoNotUseEmail DoNotUseCall DoNotUseSms DoNotUseFax DoNotUseMail Confirmed
    integer: Completeness Age
  `),
  details: [
    {
      field: 'communications',
      set: 'ContactCommunication',
      parent: 'ContactId',
      identity: ['CommunicationTypeId', 'Number'],
      item: null,
    },
  ],
};

export const contactCommunications: StandardStream = {
  name: 'contact_communications',
  set: 'ContactCommunication',
  title: 'Phones and e-mails of contacts',
  columns: columnsOf(`
    text: Number! SearchNumber
    integer: Position
    lookup: ContactId! CommunicationTypeId!
    boolean: IsPrimary NonActual
  `),
};

export const contactAddresses: StandardStream = {
  name: 'contact_addresses',
  set: 'ContactAddress',
  title: 'Addresses of contacts',
  columns: columnsOf(`
    text: Address Zip
    lookup: ContactId! AddressTypeId CityId RegionId CountryId
    boolean: Primary
  `),
};
