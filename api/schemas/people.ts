import { Type } from 'typebox';
import { languages } from '../../languages/index.js';
import { roles, staffRoles } from '../access/caller.js';
import { moment, nullable, object, oneOf, uuid } from './common.js';

export const email = Type.String({
  minLength: 6,
  maxLength: 254,
  pattern: "^[A-Za-z0-9_'+.-]{1,64}@[A-Za-z0-9.-]{1,185}$",
  description: 'An e-mail address.',
});
export const password = Type.String({
  minLength: 1,
  maxLength: 256,
  description: 'A password: at least 8 characters, at most 256 bytes, any characters; the commonest ones are refused.',
});
export const presentPassword = Type.String({ minLength: 1, maxLength: 256, description: 'The present password.' });
export const personName = Type.String({
  minLength: 1,
  maxLength: 100,
  pattern: '^[^\\u0000-\\u001f<>]+$',
  description: 'What the person is called.',
});
export const accountName = Type.String({
  minLength: 1,
  maxLength: 100,
  pattern: '^[^\\u0000-\\u001f<>]+$',
  description: 'What the account is called, such as the company’s name.',
});
export const language = oneOf(languages, 'Language of mails, messages and hints.');
export const token = Type.String({
  minLength: 20,
  maxLength: 2_000,
  pattern: '^[A-Za-z0-9._-]+$',
  description: 'What stands after `token=` in the link of the letter.',
});
export const code = Type.String({
  minLength: 6,
  maxLength: 20,
  pattern: '^[A-Za-z0-9-]+$',
  description: 'Six digits of the app, or a backup code.',
});
export const role = oneOf(roles, 'Role in the account, each with the rights of those before it.');
export const staffRole = oneOf(staffRoles, 'What somebody does for the installation.');

export const signedIn = object({
  state: oneOf(['signed_in', 'second_step'], 'With `second_step` send a code to `/sign-in/second-step`.'),
});

export const confirmation = object({
  state: oneOf(
    ['confirmed', 'letter_sent', 'changed'],
    '`confirmed`: a first address; `letter_sent`: the old address agreed, now confirm the new one; `changed`: done.',
  ),
});

export const person = object({
  id: Type.String({ description: 'Id of the person.' }),
  name: Type.String(),
  email: Type.String(),
  language: nullable(Type.String({ description: 'Null: what the browser asks for.' })),
  hasTwoFactor: Type.Boolean({ description: 'Whether signing in takes a second step.' }),
});

export const me = object({
  person,
  staff: nullable(oneOf(staffRoles, 'Null for everybody who does not run the installation.')),
  account: nullable(
    object({
      id: uuid('The account of this request.'),
      as: oneOf(['person', 'partner', 'support'], 'How they see it.'),
      role: nullable(role),
    }),
  ),
  accounts: Type.Array(object({ id: uuid('An account they belong to.'), name: Type.String(), role: Type.String() })),
  customers: Type.Array(
    object({
      id: uuid('A customer’s account that one of their accounts looks after.'),
      name: Type.String(),
      partnerAccountId: uuid('Their own account.'),
    }),
  ),
  visits: Type.Array(
    object({
      id: uuid('An account in which they are on a support visit.'),
      name: Type.String(),
      endsAt: moment('Its end.'),
    }),
  ),
});

export const session = object({
  id: Type.String({ description: 'Id of the session.' }),
  createdAt: moment('When they signed in.'),
  lastUsedAt: moment('About when it was last used.'),
  expiresAt: moment('When it ends if it is not used.'),
  address: nullable(Type.String({ description: 'Where they signed in from.' })),
  userAgent: nullable(Type.String({ description: 'What their browser calls itself.' })),
  isCurrent: Type.Boolean({ description: 'The session of this request.' }),
});

export const twoFactor = object({
  uri: Type.String({ description: '`otpauth://...`, to be shown as a QR code. Shown once.' }),
  backupCodes: Type.Array(Type.String(), { description: 'Each opens once when the device is lost. Shown once.' }),
});

export const account = object({
  id: uuid('Id of the account.'),
  name: Type.String(),
  createdAt: moment('When it was made.'),
});

export const member = object({
  userId: Type.String({ description: 'Id of the person.' }),
  name: Type.String(),
  email: Type.String(),
  role: Type.String({ description: 'viewer, editor, admin or owner.' }),
  hasTwoFactor: Type.Boolean(),
  since: moment('When they joined.'),
});

export const invitation = object({
  id: uuid('Id of the invitation.'),
  accountId: uuid('The account.'),
  accountName: Type.String(),
  email: Type.String(),
  role: Type.String(),
  invitedBy: Type.String({ description: 'Name of the inviter.' }),
  createdAt: moment('When it was sent.'),
  expiresAt: moment('Until when it can be accepted.'),
});

export const partnerLink = object({
  id: uuid('Id of the link.'),
  accountId: uuid('The customer’s account.'),
  accountName: Type.String(),
  partnerAccountId: uuid('The servicing company’s account.'),
  partnerName: Type.String(),
  state: oneOf(['requested', 'accepted', 'refused', 'ended'], 'Only an `accepted` one shows anything to the partner.'),
  createdAt: moment('When it was asked for.'),
  decidedAt: nullable(moment('When it was accepted, refused or ended.')),
});

export const staffMember = object({
  userId: Type.String({ description: 'Id of the person.' }),
  name: Type.String(),
  email: Type.String(),
  role: staffRole,
  since: moment('Since when.'),
});

const mailFields = {
  id: uuid('Id of the letter.'),
  to: Type.String(),
  kind: Type.String(),
  language: Type.String(),
  subject: Type.String(),
  state: oneOf(['queued', 'sent', 'kept', 'failed'], '`kept`: no mail server is set, so it stands here and in a file.'),
  attempts: Type.Integer({ minimum: 0 }),
  createdAt: moment('When it was written.'),
  sentAt: nullable(moment('When it was sent or kept.')),
};
export const mailOutline = object(mailFields);
export const mail = object({ ...mailFields, text: nullable(Type.String({ description: 'Only of a `kept` letter.' })) });
