import { Connection, type ConnectionOptions } from '@temporalio/client';
import { errorText, Failure } from '../core/failures.js';

/** Where a Temporal server is and how it lets us in; as the settings say it. */
export interface TemporalTarget {
  readonly address: string;
  readonly namespace: string;
  readonly apiKey?: string;
  /** True for TLS with the system's authorities, an object for own certificates; absent for plain connections. */
  readonly tls?: ConnectionOptions['tls'];
}

/** Proves that the server answers and knows the namespace; throws `temporal/unavailable` after `limitMs` (default 5 s). */
export async function checkTemporal(target: TemporalTarget, limitMs = 5_000): Promise<void> {
  const { address, namespace } = target;
  try {
    await withTemporal(target, limitMs, (connection) => connection.workflowService.describeNamespace({ namespace }));
  } catch (error) {
    throw new Failure('temporal/unavailable', {
      message: `The Temporal server at \`${address}\` does not serve namespace \`${namespace}\`: ${errorText(error)}`,
      hint: 'Check `TEMPORAL_ADDRESS`, `TEMPORAL_NAMESPACE` and the key or certificates, or leave them out to use the embedded server.',
      cause: error,
    });
  }
}

/** Runs one piece of work on a connection of its own, with a limit for the whole. */
export async function withTemporal<T>(
  { address, apiKey, tls }: TemporalTarget,
  limitMs: number,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = await Connection.connect({ address, apiKey, tls, connectTimeout: limitMs });
  try {
    return await connection.withDeadline(Date.now() + limitMs, () => work(connection));
  } finally {
    await connection.close();
  }
}
