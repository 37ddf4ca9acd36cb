/** What a mail tells, before it has words. Links are whole addresses. */
export type Mail =
  | { readonly kind: 'confirm_email'; readonly link: string; readonly minutes: number }
  | { readonly kind: 'reset_password'; readonly link: string; readonly minutes: number }
  | { readonly kind: 'sign_in_code'; readonly code: string; readonly minutes: number }
  | {
      readonly kind: 'invitation';
      readonly link: string;
      readonly account: string;
      readonly inviter: string;
      /** A role of an account; another word stays as it is. */
      readonly role: string;
      readonly days: number;
    }
  | { readonly kind: 'request_received'; readonly number: number; readonly subject: string; readonly link?: string }
  | {
      readonly kind: 'request_answered';
      readonly number: number;
      readonly subject: string;
      /** As the operator wrote it, over several lines. */
      readonly answer: string;
      readonly link?: string;
    }
  | {
      readonly kind: 'operator_new_request';
      readonly number: number;
      readonly subject: string;
      readonly from: string;
      readonly link: string;
    }
  | {
      readonly kind: 'connection_broken';
      readonly connection: string;
      readonly account: string;
      readonly link: string;
      /** A message of a failure, in English. */
      readonly reason: string;
    }
  | {
      readonly kind: 'run_failed';
      readonly pipeline: string;
      readonly account: string;
      readonly link: string;
      /** A message of a failure, in English. */
      readonly reason: string;
    }
  | { readonly kind: 'dead_letters'; readonly pipeline: string; readonly count: number; readonly link: string }
  | { readonly kind: 'webhook_disabled'; readonly url: string; readonly days: number }
  | {
      readonly kind: 'connect_link';
      readonly account: string;
      readonly connector: string;
      readonly link: string;
      readonly days: number;
      readonly from: string;
    }
  | { readonly kind: 'password_changed' }
  | { readonly kind: 'email_change'; readonly link: string }
  | { readonly kind: 'two_factor_changed'; readonly on: boolean }
  | { readonly kind: 'registered_again'; readonly link: string }
  | { readonly kind: 'email_consent'; readonly link: string; readonly address: string; readonly minutes: number }
  | { readonly kind: 'email_changed' }
  | {
      readonly kind: 'account_deletion_asked';
      readonly account: string;
      readonly by: string;
      readonly link: string;
      readonly minutes: number;
    }
  | { readonly kind: 'account_deleted'; readonly account: string; readonly by: string }
  | { readonly kind: 'partner_asks'; readonly account: string; readonly partner: string; readonly link: string }
  | {
      readonly kind: 'partner_decided';
      readonly account: string;
      readonly partner: string;
      readonly decision: 'accepted' | 'refused' | 'ended';
    }
  | { readonly kind: 'support_visit'; readonly support: string; readonly minutes: number };

export type MailKind = Mail['kind'];
export type MailOf<Kind extends MailKind> = Extract<Mail, { readonly kind: Kind }>;

/** The words of a mail: one line, and plain text. */
export interface MailText {
  readonly subject: string;
  readonly text: string;
}

/** Paragraphs; those that are undefined are left out. */
export interface MailWords {
  readonly subject: string;
  readonly body: readonly (string | undefined)[];
}

/** All mails in one language. */
export type MailTexts = { readonly [Kind in MailKind]: (mail: MailOf<Kind>) => MailWords } & {
  /** The last line of every mail. */
  readonly signature: string;
};
