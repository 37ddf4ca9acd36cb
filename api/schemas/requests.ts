import { Type } from 'typebox';
import { requestKinds, requestStates } from '../../store/requests.js';
import { moment, nullable, object, oneOf, uuid } from './common.js';

const oneLine = (maxLength: number, description: string) =>
  Type.String({ minLength: 1, maxLength, pattern: '^[^\\u0000-\\u001f\\u007f]+$', description });

export const requestState = oneOf(requestStates, 'Open: waits for an answer.');
export const messageText = Type.String({
  minLength: 1,
  maxLength: 20_000,
  pattern: '^\\s*[^\\s\\u0000][^\\u0000]*$',
  description: 'Plain text.',
});

export const requestKind = oneOf(requestKinds, 'What it is about.');

const asked = {
  kind: oneOf(requestKinds, 'What it is about: a set-up, a new feature, a problem, something else.'),
  subject: oneLine(200, 'What it is about, in one line.'),
};
export const requestBody = object({ ...asked, text: messageText });
export const visitorBody = object({
  ...asked,
  text: messageText,
  name: oneLine(100, 'Who asks.'),
  email: Type.String({
    maxLength: 254,
    pattern: '^[^\\s@<>"(),:;\\u0000-\\u001f]{1,64}@[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$',
    description: 'Where the answer goes.',
  }),
  website: Type.Optional(Type.String({ maxLength: 500, description: 'Leave it empty: it is there for programs.' })),
});
export const visitorAnswer = object({
  token: Type.String({ description: 'Opens the thread; keep it.' }),
  link: Type.String({ description: 'The page of the thread.' }),
});

const message = object({
  id: uuid('Id of the message.'),
  author: oneOf(['visitor', 'customer', 'operator'], 'Who wrote it.'),
  authorName: Type.String(),
  body: Type.String(),
  way: oneOf(['web', 'mail'], 'How it came.'),
  at: moment('When.'),
});
const messages = Type.Array(message);
const times = { createdAt: moment('When it was filed.'), updatedAt: moment('When it was touched last.') };

export const visitorThread = object({ ...asked, state: requestState, ...times, messages });

const outlined = {
  id: uuid('Id of the request.'),
  number: Type.Integer({ description: 'What people call it by.' }),
  ...asked,
  state: requestState,
  name: Type.String({ description: 'Who asked.' }),
  isByPartner: Type.Boolean({ description: 'Filed by a servicing company.' }),
  ...times,
};
export const requestOutline = object(outlined);
export const requestThread = object({ ...outlined, messages });

const account = nullable(object({ id: uuid('Id of the account.'), name: Type.String() }));
const requester = { email: Type.String(), language: Type.String(), account, partner: account };
export const operatorOutline = object({ ...outlined, ...requester });
export const operatorThread = object({ ...outlined, ...requester, messages });
