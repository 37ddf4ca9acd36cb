import { type ApiClient, createApiClient } from '../client/client.js';
import { Output } from './output.js';
import type { CliTools } from './tools.js';

/** What a command that speaks to the server works with. */
export interface Session {
  readonly tools: CliTools;
  readonly output: Output;
  readonly client: ApiClient;
  readonly address: string;
  readonly key: string;
}

export function openSession(tools: CliTools, options: { readonly json?: boolean }): Session {
  const { address, key } = tools.server();
  return {
    tools,
    output: new Output(tools, options.json === true),
    client: createApiClient({ address, key, language: tools.language }),
    address,
    key,
  };
}
