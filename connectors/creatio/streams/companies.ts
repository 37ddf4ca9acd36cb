import { columnsOf } from '../schema/columns.js';
import type { StandardStream } from './stream.js';

export const companies: StandardStream = {
  name: 'companies',
  set: 'Account',
  title: 'Companies',
  columns: columnsOf(`
    text: Name! AlternativeName Code Address Zip Web Notes GPSN GPSE
    lookup: OwnerId>Contact OwnershipId>AccountOwnership PrimaryContactId>Contact ParentId>Account IndustryId>AccountIndustry TypeId>AccountType AccountCategoryId EmployeesNumberId>AccountEmployeesNumber AnnualRevenueId>AccountAnnualRevenue CityId RegionId CountryId AddressTypeId
    phone: Phone AdditionalPhone Fax
  `),
  details: [
    {
      field: 'communications',
      set: 'AccountCommunication',
      parent: 'AccountId',
      identity: ['CommunicationTypeId', 'Number'],
      item: null,
    },
  ],
};

export const companyCommunications: StandardStream = {
  name: 'company_communications',
  set: 'AccountCommunication',
  title: 'Phones and addresses on the net of companies',
  columns: columnsOf(`
    text: Number! SearchNumber
    integer: Position
    lookup: AccountId! CommunicationTypeId!
    boolean: IsPrimary NonActual
  `),
};

export const companyAddresses: StandardStream = {
  name: 'company_addresses',
  set: 'AccountAddress',
  title: 'Addresses of companies',
  columns: columnsOf(`
    text: Address Zip
    lookup: AccountId! AddressTypeId CityId RegionId CountryId
    boolean: Primary
  `),
};
