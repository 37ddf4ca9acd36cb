import { Type } from 'typebox';
import { oneOf, path, strict } from './parts.js';

export const auth = Type.Object(
  {
    kind: Type.Union([
      Type.Literal('none'),
      Type.Literal('bearer'),
      Type.Literal('api_key'),
      Type.Literal('basic'),
      Type.Literal('oauth2'),
      Type.Literal('session'),
    ]),
    header: Type.Optional(Type.String({ description: 'Header of an API key or a session token.' })),
    prefix: Type.Optional(Type.String({ description: 'What stands before the key in the header.' })),
    grant: Type.Optional(Type.Union([Type.Literal('client_credentials'), Type.Literal('refresh_token')])),
    token_path: Type.Optional(path('Path of the token endpoint, or of the session’s sign-in.')),
    token: Type.Optional(path('Where the sign-in’s answer holds the session token.')),
    scope: Type.Optional(Type.String()),
  },
  strict,
);

export const errorRule = Type.Object(
  {
    status: Type.Union([Type.Integer(), Type.String({ pattern: '^[1-5]xx$' })]),
    code: Type.Optional(Type.String({ description: 'The rule holds only where the answer’s error code is this.' })),
    kind: oneOf('auth', 'rate_limited', 'transient', 'rejected', 'conflict', 'quota'),
  },
  strict,
);
