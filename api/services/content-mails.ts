import type { Language } from '../../languages/language.js';

/** Letters about requests and about what goes on in an account. */
export type ContentMail =
  | {
      readonly kind: 'request_opened';
      readonly number: number;
      readonly subject: string;
      readonly from: string;
      readonly text: string;
      readonly link: string;
    }
  | {
      readonly kind: 'request_followed';
      readonly number: number;
      readonly subject: string;
      readonly from: string;
      readonly text: string;
      readonly link: string;
    }
  | {
      readonly kind: 'request_answered';
      readonly number: number;
      readonly subject: string;
      readonly text: string;
      readonly link: string | null;
      readonly mayReply: boolean;
    }
  | {
      readonly kind: 'run_failed';
      readonly pipeline: string;
      readonly message: string;
      readonly hint: string;
      readonly link: string;
    }
  | { readonly kind: 'dead_letters'; readonly pipeline: string; readonly count: number; readonly link: string }
  | {
      readonly kind: 'connection_broken';
      readonly connection: string;
      readonly message: string;
      readonly hint: string;
      readonly link: string;
    }
  | { readonly kind: 'webhook_disabled'; readonly url: string; readonly reason: string; readonly link: string };

/** Subject and text of a letter. English in every language until their catalogue is here. */
export function contentMail(
  _language: Language,
  mail: ContentMail,
): { readonly subject: string; readonly text: string } {
  switch (mail.kind) {
    case 'request_opened':
      return {
        subject: `Request ${mail.number}: ${mail.subject}`,
        text: `${mail.from} asks:\n\n${mail.text}\n\nAnswer it: ${mail.link}`,
      };
    case 'request_followed':
      return {
        subject: `Request ${mail.number}: ${mail.subject}`,
        text: `${mail.from} writes:\n\n${mail.text}\n\nAnswer it: ${mail.link}`,
      };
    case 'request_answered':
      return {
        subject: `Re: ${mail.subject} (request ${mail.number})`,
        text: [
          mail.text,
          mail.mayReply ? 'You can answer by replying to this letter.' : null,
          mail.link === null ? null : `The whole conversation: ${mail.link}`,
        ]
          .filter((part) => part !== null)
          .join('\n\n'),
      };
    case 'run_failed':
      return {
        subject: `A run of ${mail.pipeline} failed`,
        text: `A run of pipeline ${mail.pipeline} failed.\n\n${mail.message}\n${mail.hint}\n\n${mail.link}`,
      };
    case 'dead_letters':
      return {
        subject: `Records of ${mail.pipeline} were refused`,
        text: `In a run of pipeline ${mail.pipeline} records were refused: ${mail.count}. They are kept; mend and resend them.\n\n${mail.link}`,
      };
    case 'connection_broken':
      return {
        subject: `Connection ${mail.connection} no longer works`,
        text: `Connection ${mail.connection} no longer works, and runs that need it stand still.\n\n${mail.message}\n${mail.hint}\n\n${mail.link}`,
      };
    case 'webhook_disabled':
      return {
        subject: 'A webhook endpoint was disabled',
        text: `Nothing could be delivered to ${mail.url}, so it was disabled.\n\n${mail.reason}\n\n${mail.link}`,
      };
  }
}
