import { Type } from 'typebox';
import type { JsonObject } from '../../core/json.js';

/** What a connection of the declarative connector is told. */
export const settings = Type.Object(
  {
    service: Type.String({
      title: 'Service',
      description: 'Id of a shipped service definition, or of the one given below.',
    }),
    base_url: Type.String({
      title: 'Base URL',
      description: 'Address of the service’s API, without a slash at the end.',
      format: 'uri',
    }),
    definition: Type.Optional(
      Type.Unsafe<JsonObject>({
        type: 'object',
        title: 'Definition',
        description: 'A service definition of one’s own, as JSON.',
      }),
    ),
    limit_key: Type.Optional(
      Type.String({ title: 'Budget', description: 'Connections with the same name share one request budget.' }),
    ),
  },
  { additionalProperties: false },
);

/** Which parts are needed depends on the service's `auth.kind`. */
export const secret = Type.Object(
  {
    token: Type.Optional(Type.String({ title: 'Bearer token', description: 'Sent as `Authorization: Bearer`.' })),
    api_key: Type.Optional(
      Type.String({ title: 'API key', description: 'Sent in the header that the service names.' }),
    ),
    username: Type.Optional(
      Type.String({ title: 'User name', description: 'For basic authentication or the sign-in of a session.' }),
    ),
    password: Type.Optional(
      Type.String({ title: 'Password', description: 'For basic authentication or the sign-in of a session.' }),
    ),
    client_id: Type.Optional(
      Type.String({ title: 'Client id', description: 'Of the application registered at the service (OAuth 2.0).' }),
    ),
    client_secret: Type.Optional(
      Type.String({ title: 'Client secret', description: 'Of the application registered at the service (OAuth 2.0).' }),
    ),
    access_token: Type.Optional(
      Type.Union([Type.String(), Type.Null()], {
        title: 'Access token',
        description: 'Kept up to date by Pipewright.',
      }),
    ),
    refresh_token: Type.Optional(
      Type.Union([Type.String(), Type.Null()], {
        title: 'Refresh token',
        description: 'Kept up to date by Pipewright; some services accept it once only.',
      }),
    ),
    expires_at: Type.Optional(
      Type.Union([Type.String(), Type.Null()], {
        title: 'Access token runs out at',
        description: 'Kept up to date by Pipewright, as an ISO time.',
      }),
    ),
  },
  { additionalProperties: false },
);
