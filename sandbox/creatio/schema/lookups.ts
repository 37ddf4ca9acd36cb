/**
 * Lists of values: `Table: value; value`. A value may carry its well-known id after `#` and attributes after `@`.
 * Ids without `#` differ from installation to installation, as with the vendor.
 */
export const lookupTables = `
ContactType | Contact type: Contact person #806732ee-f36b-1410-a883-16d83cab0980; Customer #00783ef6-f36b-1410-a883-16d83cab0980; Employee #60733efc-f36b-1410-a883-16d83cab0980; Supplier
AccountType | Account type: Customer #03a75490-53e6-df11-971b-001d60e938c6; Partner #f2c0ce97-53e6-df11-971b-001d60e938c6; Supplier; Competitor; Our company #57412fad-53e6-df11-971b-001d60e938c6
AccountIndustry | Industry: retail; construction; food; it; logistics; manufacturing; education; medicine
AccountOwnership | Type of ownership: Corporation; LLC; Sole trader; State enterprise
AccountCategory | Account category: A; B; C; D
AccountEmployeesNumber | Number of employees: 1-10; 11-50; 51-200; 201-1000; over 1000
AccountAnnualRevenue | Annual revenue: under 1 mln; 1-10 mln; 10-100 mln; over 100 mln
Gender | Gender: Male #eeac42ee-65b6-df11-831a-001d60e938c6; Female #fc2483f8-65b6-df11-831a-001d60e938c6
ContactSalutationType | Title: Mr.; Ms.; Dr.
Job | Job title: CEO; Specialist; Sales manager; Accountant; Procurement manager
Department | Department: Sales; Marketing; Finance; Purchasing; IT
AddressType | Address type: Actual; Legal; Home; Delivery
SysLanguage | Language: English (United States); Polski; Română; Українська; Русский
Country | Country: Poland; Romania; Ukraine; Russia; United Kingdom
Region | Region: Mazowieckie; București; Київська область; Московская область; England
City | City: Warszawa; Kraków; Łódź; București; Cluj-Napoca; Київ; Львів; Москва; Казань; London; Boston
CommunicationType | Communication type: Mobile phone #d4a2dc80-30ca-df11-9b2a-001d60e938c6; Work phone #3dddb3cc-53ee-49c4-a71f-e9e257f59e49; Home phone #0da6a26b-d7bc-df11-b00f-001d60e938c6; Primary phone #6a3fb10c-67cc-df11-9b2a-001d60e938c6; Additional phone #2b387201-67cc-df11-9b2a-001d60e938c6; Fax #9a7ab41b-67cc-df11-9b2a-001d60e938c6; Email #ee1c85c3-cfcb-df11-9b2a-001d60e938c6; Web #6a8ba927-67cc-df11-9b2a-001d60e938c6; Skype #09e4bda6-cfcb-df11-9b2a-001d60e938c6
LeadType | Customer need: Need for our products; Need for a service; Training
QualifyStatus | Lead stage: Qualification @StageNumber=1; Nurturing @StageNumber=2; Handoff to sales @StageNumber=3; Awaiting sale @StageNumber=4; Satisfied @StageNumber=5,IsFinal=true; Not interested @StageNumber=6,IsFinal=true
LeadStatus | Lead status: New; In work; Converted; Disqualified
LeadRegisterMethod | Registration method: Added manually; Landing page; Incoming call or email; Imported
LeadSource | Lead source: Google; Facebook; Partner website; Event
LeadMedium | Lead channel: Web; E-mail; Phone; Social network
LeadDisqualifyReason | Disqualification reason: Duplicate; Wrong contacts; No budget
OpportunityStage | Opportunity stage: Qualification #c2067b11-0ee0-df11-971b-001d60e938c6 @Number=1; Presentation @Number=2; Proposal @Number=3; Negotiations @Number=4; Contracting @Number=5; Closed won #60d5310c-5be6-df11-971b-001d60e938c6 @Number=6,End=true,Successful=true; Closed lost #a9aafdfe-2242-4f42-8cd5-2ae3b9556d79 @Number=7,End=true; Closed rejected @Number=8,End=true
OpportunityType | Opportunity type: Direct sale; Partner sale
OpportunityCategory | Opportunity category: New client; Existing client
OpportunityCloseReason | Closing reason: Price; Lost to competitor; No decision
OpportunityMood | Mood: Good; Neutral; Bad
OpportunitySource | Opportunity source: Lead; Call; Repeat sale
OppContactRole | Role in the deal: Decision maker; Contact person; Influencer
OrderStatus | Order status: 1. Draft; 2. Confirmed; 3. In progress; 4. Completed; 5. Canceled
OrderPaymentStatus | Payment status: Planned; Partially paid; Paid
Currency | Currency: PLN @Code=PLN,ShortName=PLN; EUR @Code=EUR,ShortName=EUR; UAH @Code=UAH,ShortName=UAH; RON @Code=RON,ShortName=RON; RUB @Code=RUB,ShortName=RUB; USD @Code=USD,ShortName=USD
ProductCategory | Product category: Goods; Services; Spare parts
ProductType | Product type: Hardware; Software; Consulting
TradeMark | Brand: Żubr; Зоря; Carpați; Silverline
Unit | Unit of measure: pcs; hour; kg; set
Tax | Tax: No VAT @Percent=0; VAT 5% @Percent=5; VAT 19% @Percent=19; VAT 20% @Percent=20; VAT 23% @Percent=23
ActivityType | Activity type: Task #fbe0acdc-cfc0-df11-b00f-001d60e938c6; Email #e2831dec-cfc0-df11-b00f-001d60e938c6; Call #e1831dec-cfc0-df11-b00f-001d60e938c6
ActivityCategory | Activity category: To do #f51c4643-58e6-df11-971b-001d60e938c6; Meeting #42c74c49-58e6-df11-971b-001d60e938c6; Call #03df85bf-6b19-4dea-8463-d5d49b80bb28; Email #8038a396-7825-e011-8165-00155d043204
ActivityStatus | Activity status: Not started #384d4b84-58e6-df11-971b-001d60e938c6; In progress #394d4b84-58e6-df11-971b-001d60e938c6; Completed #4bdbb88f-58e6-df11-971b-001d60e938c6 @Finish=true; Canceled #201cfba8-58e6-df11-971b-001d60e938c6 @Finish=true
ActivityPriority | Activity priority: High; Medium #ab96fa02-7fe6-df11-971b-001d60e938c6; Low
ActivityResult | Activity result: Completed; Canceled; Rescheduled
FileType | File type: File #529bc2f8-0ee0-df11-971b-001d60e938c6; Link #539bc2f8-0ee0-df11-971b-001d60e938c6; Note
UsrColor | Colour: Red; Зелёный; Żółty; Albastru
`;

/** Columns that some lists have beside Id, Name and Description. */
export const lookupExtras: Readonly<Record<string, string>> = {
  QualifyStatus: 'StageNumber int Number\nIsFinal boolean Final stage',
  OpportunityStage:
    'Number int Number\nEnd boolean Final stage\nSuccessful boolean Successful\nMaxProbability int Maximum probability',
  Currency: 'Code text50 Code\nShortName text50 Short name\nSymbol text50 Symbol',
  Tax: 'Percent float Percent',
  ActivityStatus: 'Finish boolean Final status',
  Region: 'Country >Country Country',
  City: 'Country >Country Country\nRegion >Region Region',
};
