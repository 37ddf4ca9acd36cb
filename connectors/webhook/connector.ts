import { Failure, isFailure } from '../../core/failures.js';
import type {
  CheckReport,
  ConnectionContext,
  Connector,
  OpenConnection,
  Reader,
  ReadRequest,
  StreamDeclaration,
  WriteRequest,
  Writer,
} from '../kit/contract.js';
import { parseSettings } from '../kit/settings.js';
import { type Intake, parseIntake, type WebhookStream, webhookSecret, webhookSettings } from './settings.js';
import { noSecret, parseDelivery } from './webhook.js';

/** Takes signed events of anyone who can send JSON; the records travel in the events. */
const connector: Connector = {
  id: 'webhook',
  title: 'Webhook',
  settings: webhookSettings,
  secret: webhookSecret,
  auth: 'none',
  hosts: () => [],
  limits: () => [],
  settleMs: 0,
  declaredStreams: (settings) => (settings.signature === undefined ? null : declare(parseIntake(settings))),
  lookups: [],
  webhook: { canRegister: false, parse: parseDelivery },
  setup: {
    needsAdmin: false,
    instructions: null,
    note: 'Choose a signing secret here and enter the same one, with the intake address, at the sender.',
  },
  facts: [
    { text: 'A delivery without a good signature over its raw bytes does nothing.', isVerified: true },
    {
      text: 'Where a time is signed, a delivery is taken for 300 seconds; its event id makes a repeat one event.',
      isVerified: true,
    },
  ],
  open: (context) => new WebhookConnection(context),
};

export default connector;

function declare(intake: Intake): StreamDeclaration[] {
  return [...intake.streams].map(([name, stream]) => ({
    name,
    title: name,
    fields: [],
    isOpen: true,
    key: keyOf(stream),
    read: {
      modes: ['full', 'incremental'],
      cursor: [],
      pageSize: 1,
      filters: [],
      showsDeletions: stream.deleted !== undefined,
      findBy: [],
    },
    write: null,
  }));
}

/** The field of the record that holds the key; null where it stands beside the record or deep inside it. */
function keyOf({ key, record }: WebhookStream): readonly string[] | null {
  const inside = record === undefined ? key : key.startsWith(`${record}.`) ? key.slice(record.length + 1) : '.';
  return inside.includes('.') ? null : [inside];
}

class WebhookConnection implements OpenConnection {
  readonly #intake: Intake;

  constructor(readonly context: ConnectionContext) {
    this.#intake = parseIntake(context.settings);
  }

  /** There is no one to ask: that events can be verified is all that can be known. */
  async check(signal: AbortSignal): Promise<CheckReport> {
    signal.throwIfAborted();
    const secret = await this.context.credentials.read().catch((error: unknown) => {
      if (isFailure(error) && error.code === 'connection/missing_secret') throw noSecret();
      throw error;
    });
    parseSettings(webhookSecret, secret, 'secret');
    return {
      account: 'senders of signed events',
      rightsFound: [...this.#intake.streams.keys()].map((name) => `take ${name}`),
      rightsMissing: [],
    };
  }

  async streams(): Promise<readonly StreamDeclaration[]> {
    return declare(this.#intake);
  }

  reader(request: ReadRequest): Reader {
    if (!this.#intake.streams.has(request.stream)) throw unknownStream(request.stream, this.#intake);
    return {
      // Records come as touched rows, with their events; there is nothing to go and read.
      readPage: async (_cursor, _bookmark, signal) => {
        signal.throwIfAborted();
        return { records: [], deleted: [], next: null, bookmark: { v: 1 } };
      },
      find: async () => [],
      hasChanges: async () => false,
    };
  }

  writer(request: WriteRequest): Writer {
    throw new Failure('connection/invalid_settings', {
      message: `Stream \`${request.stream}\` only takes events in; nothing can be written to it.`,
      hint: 'Use a connector of the service that shall receive records.',
    });
  }

  async close(): Promise<void> {
    // Holds nothing open.
  }
}

function unknownStream(name: string, intake: Intake): Failure {
  return new Failure('read/unknown_stream', {
    message: `The connection has no stream \`${name}\`.`,
    hint: `Known streams: ${[...intake.streams.keys()].sort().join(', ')}.`,
  });
}
