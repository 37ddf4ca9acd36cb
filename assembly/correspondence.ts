import type { ApiContext } from '../api/context.js';
import { isKnownMark, takeReply } from '../api/services/visitor-requests.js';
import type { Installation } from './installation.js';
import { startMailIntake } from './mail-intake.js';
import { sendNextNotice } from './notices.js';
import { QueueReader } from './queue-reader.js';
import { WebhookSender, type WebhookSenderOptions } from './webhook-sender.js';

/** What a server sends of itself and takes besides HTTP: webhooks of customers, letters to owners, answers by mail. */
export interface Correspondence {
  stop(): Promise<void>;
}

/** Tests are less patient than the product. */
export interface CorrespondenceOptions {
  readonly webhooks?: Pick<WebhookSenderOptions, 'timeoutMs' | 'delaysMs'>;
}

export async function startCorrespondence(
  installation: Installation,
  context: ApiContext,
  options: CorrespondenceOptions = {},
): Promise<Correspondence> {
  const { engine, telemetry } = installation;
  const { store, vault } = engine.dependencies;
  const onError = (error: unknown): void => telemetry.emit({ kind: 'outbox_failed', error });
  const webhooks = new WebhookSender({
    store,
    vault,
    outgoing: engine.outgoing,
    userAgent: `Pipewright/${context.version}`,
    onError,
    ...options.webhooks,
  });
  webhooks.start();
  const notices = new QueueReader(() => sendNextNotice(store, vault.keys, context.publicUrl.origin), onError);
  notices.start();
  const intake =
    installation.settings.mailIntake === undefined
      ? null
      : await startMailIntake({
          ...installation.settings.mailIntake,
          isKnownMark: (mark) => isKnownMark(context, mark),
          takeReply: (reply) => takeReply(context, reply),
          onError,
        });
  return {
    stop: async () => {
      await Promise.all([webhooks.stop(), notices.stop(), intake?.stop()]);
    },
  };
}
