/**
 * The standard objects: `= Name | caption | display column`, then one column a line (see `parseColumn`). The names are
 * the vendor's, misspelt ones (BusinesPhone, Recepient) included.
 */
export const standardEntities = `
= Contact | Contact | Name
Name text! Full name | ФИО
Surname text Last name | Фамилия
GivenName text First name | Имя
MiddleName text Middle name | Отчество
Dear text Dear | Обращение
SalutationType >ContactSalutationType Title
Gender >Gender Gender | Пол
Account >Account Account | Контрагент
Type >ContactType Type | Тип
Owner >Contact Owner | Ответственный
Job >Job Job title | Должность
JobTitle text Full job title | Полное название должности
Department >Department Department | Департамент
BirthDate date Birth date | Дата рождения
Phone phone Business phone | Рабочий телефон
MobilePhone phone Mobile phone | Мобильный телефон
HomePhone phone Home phone | Домашний телефон
Skype text Skype
Email email Email
AddressType >AddressType Address type | Тип адреса
Address text Address | Адрес
City >City City | Город
Region >Region State/province | Область
Country >Country Country | Страна
Zip text50 ZIP/postal code | Индекс
Notes rich Notes | Заметки
DoNotUseEmail boolean Do not use email
DoNotUseCall boolean Do not use phone
DoNotUseSms boolean Do not use SMS
DoNotUseFax boolean Do not use fax
DoNotUseMail boolean Do not use mail
Confirmed boolean Confirmed
Completeness int= Completeness
Language >SysLanguage Preferred language
Age int= Age | Возраст
Photo >SysImage Photo | Фото
ContactPhoto image Photo file
GPSN text50 GPS N
GPSE text50 GPS E
UsrExternalId text External Id | Внешний Id
UsrScore float Score | Оценка
UsrColor >UsrColor Favourite colour | Любимый цвет
= Account | Account | Name
Name text! Name | Название
AlternativeName text Also known as
Code text50 Code | Код
Owner >Contact Owner | Ответственный
Ownership >AccountOwnership Type of ownership
PrimaryContact >Contact Primary contact | Основной контакт
Parent >Account Parent account | Родительский контрагент
Industry >AccountIndustry Industry | Отрасль
Type >AccountType Type | Тип
AccountCategory >AccountCategory Category | Категория
EmployeesNumber >AccountEmployeesNumber No. of employees
AnnualRevenue >AccountAnnualRevenue Annual revenue
Phone phone Primary phone | Основной телефон
AdditionalPhone phone Additional phone
Fax phone Fax | Факс
Web web Web | Сайт
AddressType >AddressType Address type
Address text Address | Адрес
City >City City | Город
Region >Region State/province
Country >Country Country | Страна
Zip text50 ZIP/postal code
Notes rich Notes | Заметки
Logo >SysImage Logo
Completeness int= Completeness
UsrExternalId text External Id | Внешний Id
UsrTaxCode text50 Tax code | ИНН
UsrSegment text50 Segment | Сегмент
= Lead | Lead | LeadName
LeadName text= Lead name | Название лида
Contact text Contact name | ФИО контакта
Account text Account name | Название контрагента
LeadType >LeadType Customer need | Тип потребности
QualifyStatus >QualifyStatus Lead stage | Стадия лида
Status >LeadStatus Status | Статус
RegisterMethod >LeadRegisterMethod Registration method
LeadSource >LeadSource Source | Источник
LeadMedium >LeadMedium Channel | Канал
Owner >Contact Owner | Ответственный
SalesOwner >Contact Sales owner
Title >ContactSalutationType Title
Job >Job Job title
FullJobTitle text Full job title
Email email Email
MobilePhone phone Mobile phone | Мобильный телефон
BusinesPhone phone Business phone | Рабочий телефон
Website web Web | Сайт
Commentary rich Commentary | Комментарий
Notes rich Notes | Заметки
Budget money Budget | Бюджет
MeetingDate datetime Meeting date
DecisionDate datetime Decision date
QualifiedContact >Contact Contact | Контакт
QualifiedAccount >Account Account | Контрагент
Opportunity >Opportunity Opportunity | Продажа
Order >Order Order | Заказ
Country >Country Country
Region >Region State/province
City >City City
CountryStr text Country (text)
RegionStr text State/province (text)
CityStr text City (text)
Address text Address
Zip text50 ZIP/postal code
Score float= Score
BpmHref text500 Landing address
BpmRef text500 Referrer
WebForm guid Landing page
LeadDisqualifyReason >LeadDisqualifyReason Disqualification reason
UsrExternalId text External Id | Внешний Id
= Opportunity | Opportunity | Title
Title text! Opportunity name | Название
Stage >OpportunityStage Stage | Стадия
Type >OpportunityType Type | Тип
Category >OpportunityCategory Category | Категория
Account >Account Account | Контрагент
Contact >Contact Contact | Контакт
Owner >Contact Owner | Ответственный
Amount money Amount | Сумма
Budget money Budget | Бюджет
Probability int Probability, % | Вероятность, %
DueDate datetime Close date | Дата закрытия
ClosedOnDate datetime Closed on
CloseReason >OpportunityCloseReason Closing reason
Mood >OpportunityMood Mood
Source >OpportunitySource Source | Источник
LeadType >LeadType Customer need
ResponsibleDepartment >Department Division
Description rich Description | Описание
Notes rich Notes | Заметки
UsrExternalId text External Id | Внешний Id
UsrMargin float8 Margin | Маржа
UsrColor >UsrColor Colour | Цвет
UsrMoneyAmount money Money amount
= OpportunityContact | Contact in opportunity | Id
Opportunity >Opportunity! Opportunity
Contact >Contact! Contact
Role >OppContactRole Role
IsMainContact boolean Main contact
= OpportunityProductInterest | Product in opportunity | Name
Name text Name
Opportunity >Opportunity! Opportunity
Product >Product Product
Quantity float Quantity
Price money Price
Amount money Amount
OfferDate date Offered on
Comment text500 Comment
UsrExternalId text External Id
= Order | Order | Number
Number text50 Number | Номер
Date datetime Date | Дата
Status >OrderStatus Status | Состояние
PaymentStatus >OrderPaymentStatus Payment status
Account >Account Account
Contact >Contact Contact
Opportunity >Opportunity Opportunity
Owner >Contact Owner
Currency >Currency Currency | Валюта
CurrencyRate float8 Exchange rate
Amount money Amount | Сумма
PaymentAmount money Payment amount
PrimaryAmount money= Amount, base currency
PrimaryPaymentAmount money= Payment amount, base currency
Comment rich Comment
Notes rich Notes
UsrExternalId text External Id
= OrderProduct | Product in order | Name
Name text Product name
Order >Order! Order
Product >Product Product
Quantity float Quantity
Unit >Unit Unit
Price money Price
DiscountPercent float Discount, %
Tax >Tax Tax
TaxAmount money Tax amount
Amount money Amount
TotalAmount money Total
UsrExternalId text External Id
= Product | Product | Name
Name text! Name | Название
Code text50 Code | Код
Category >ProductCategory Category
Type >ProductType Type
TradeMark >TradeMark Brand
Unit >Unit Unit
Price money Price | Цена
Currency >Currency Currency
Tax >Tax Tax
Active boolean Active
IsArchive boolean Inactive
Owner >Contact Owner
URL web Link
Description rich Description
Notes rich Notes
UsrExternalId text External Id
= Activity | Activity | Title
Title text500! Subject | Заголовок
StartDate datetime Start | Начало
DueDate datetime Due | Завершение
Type >ActivityType Type | Тип
ActivityCategory >ActivityCategory Category | Категория
Status >ActivityStatus Status | Состояние
Priority >ActivityPriority Priority | Приоритет
Result >ActivityResult Result
DetailedResult text500 Result details
Owner >Contact Owner | Ответственный
Author >Contact Reporter | Автор
Account >Account Account
Contact >Contact Contact
Lead >Lead Lead
Opportunity >Opportunity Opportunity
Order >Order Order
ShowInScheduler boolean Show in calendar
RemindToOwner boolean Remind owner
RemindToOwnerDate datetime Remind owner on
Body rich Body
Sender text500 From
Recepient text500 To
CopyRecepient text500 Cc
BlindCopyRecepient text500 Bcc
Notes rich Notes
UsrExternalId text External Id
= ContactCommunication | Communication option of contact | Number
Contact >Contact! Contact
CommunicationType >CommunicationType! Type
Number text! Number
Position int Position
SearchNumber text= Number for search
IsPrimary boolean Primary
NonActual boolean Invalid
= AccountCommunication | Communication option of account | Number
Account >Account! Account
CommunicationType >CommunicationType! Type
Number text! Number
Position int Position
SearchNumber text= Number for search
IsPrimary boolean Primary
NonActual boolean Invalid
= ContactAddress | Address of contact | Address
Contact >Contact! Contact
AddressType >AddressType Type
Country >Country Country
Region >Region State/province
City >City City
Address text Address
Zip text50 ZIP/postal code
Primary boolean Primary
= AccountAddress | Address of account | Address
Account >Account! Account
AddressType >AddressType Type
Country >Country Country
Region >Region State/province
City >City City
Address text Address
Zip text50 ZIP/postal code
Primary boolean Primary
= SocialMessage | Feed message | Message
Message rich! Message
EntityId guid Record
EntitySchemaUId guid Object
Parent >SocialMessage Replied message
LikeCount int= Likes
CommentCount int= Comments
= SysImage | Image | Name
Name text! Name
MimeType text50 MIME type
Data image Data
= SysAdminUnit | System administration object | Name
Name text! Name | Название
Contact >Contact Contact
Active boolean Active
ConnectionType int Connection type
SysAdminUnitTypeValue int Type
UserPassword text= Password
= SysSchema | Schema | Name
UId guid Unique identifier
Name text! Name
Caption text Title
ManagerName text Manager
MetaData binary Metadata
`;

/** Sections with files and tags; a tag has a name, and a row links it to a record. */
export const filedEntities = ['Contact', 'Account', 'Lead', 'Opportunity', 'Order', 'Activity', 'Product'] as const;
export const taggedEntities = ['Contact', 'Account', 'Lead', 'Opportunity', 'Order', 'Activity'] as const;

export function fileEntity(owner: string): string {
  return `= ${owner}File | File of ${owner.toLowerCase()} | Name
Name text! File name
${owner} >${owner} ${owner}
Type >FileType Type
Data file Data
Size int Size
TotalSize int Total size
Version int Version
Notes text500 Description
Uploaded boolean Uploaded`;
}

export function tagEntities(owner: string): string {
  return `= ${owner}Tag | Tag of ${owner.toLowerCase()} | Name
Name text! Name
= ${owner}InTag | ${owner} in tag | Id
Tag >${owner}Tag! Tag
Entity >${owner}! ${owner}`;
}
