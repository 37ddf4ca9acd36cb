import createClient, { type Client } from 'openapi-fetch';
import type { components, operations, paths } from './schema.generated.js';

export type ApiClient = Client<paths>;
export type Problem = components['schemas']['Problem'];

type AnswerOf<Name extends keyof operations, Status extends number> = operations[Name]['responses'] extends {
  [Key in Status]: { content: { 'application/json': infer Body } };
}
  ? Body
  : never;

export type Run = AnswerOf<'getRun', 200>;
export type Preview = AnswerOf<'getPreview', 200>;
export type PreviewChange = AnswerOf<'listPreviewChanges', 200>['items'][number];
export type Pipeline = AnswerOf<'getPipeline', 200>;
export type Connection = AnswerOf<'getConnection', 200>;
export type AccountDocument = AnswerOf<'exportAccount', 200>;
export type ImportReport = AnswerOf<'importAccount', 200>;
export type Migration = AnswerOf<'getMigration', 200>;
export type ConnectLink = AnswerOf<'createConnectLink', 201>;
export type DeadLetter = AnswerOf<'listDeadLetters', 200>['items'][number];
export type Published = AnswerOf<'publishPipeline', 201>;
export type CheckProblem = Published['problems'][number];

export interface ClientOptions {
  /** Origin of the server, without a slash at its end. */
  readonly address: string;
  readonly key: string;
  /** In which `message` and `hint` come, as in `Accept-Language`; English when absent. */
  readonly language?: string;
}

/** A typed client of the API: paths, parameters and answers are checked by the compiler. */
export function createApiClient({ address, key, language = 'en' }: ClientOptions): ApiClient {
  const client = createClient<paths>({
    baseUrl: `${address}/api/v1`,
    headers: { authorization: `Bearer ${key}`, 'accept-language': language },
  });
  client.use({
    // A repeat after a lost answer does nothing twice.
    onRequest: ({ request }) => {
      if (request.method === 'POST' && !request.headers.has('idempotency-key')) {
        request.headers.set('idempotency-key', crypto.randomUUID());
      }
      return request;
    },
  });
  return client;
}
