import { isLanguage, type Mail, mailText } from '../../languages/index.js';
import type { AccountId, Store, Tx } from '../../store/database.js';
import type { InstallationKeys } from '../../store/installation-keys.js';
import { queueMail } from '../../store/mails.js';
import { confirmMinutes, invitationDays, type Letters, resetMinutes } from '../identity/library.js';

export interface LetterOptions {
  readonly store: Store;
  readonly keys: InstallationKeys;
  /** Origin of the pages that links lead to. */
  readonly origin: string;
}

interface Reader {
  readonly email: string;
  readonly language: string | null;
}

/** What happened to somebody's sign-in data: told, so that they notice what they did not do themselves. */
export type Notice = 'password_changed' | 'two_factor_on' | 'two_factor_off' | 'email_changed';

/** Letters about accounts and their members: queued within the change that they tell of. */
export interface AccountLetters {
  notice(tx: Tx, to: Reader, notice: Notice): Promise<void>;
  invitation(tx: Tx, to: Reader, about: InvitationLetter): Promise<void>;
  deletionAsked(
    tx: Tx,
    to: Reader,
    about: AccountLetter & { readonly token: string; readonly minutes: number },
  ): Promise<void>;
  accountDeleted(tx: Tx, to: Reader, about: AccountLetter): Promise<void>;
  partnerAsks(tx: Tx, to: Reader, about: PartnerLetter): Promise<void>;
  partnerDecided(
    tx: Tx,
    to: Reader,
    about: PartnerLetter & { readonly decision: 'accepted' | 'refused' | 'ended' },
  ): Promise<void>;
}

interface AccountLetter {
  readonly accountId: AccountId;
  readonly accountName: string;
  /** Who did it. */
  readonly by: string;
}

export interface InvitationLetter extends AccountLetter {
  readonly id: string;
  readonly role: string;
}

export interface PartnerLetter {
  /** Account of the readers. */
  readonly accountId: AccountId;
  readonly accountName: string;
  readonly partnerName: string;
}

const mailOfNotice: Readonly<Record<Notice, Mail>> = {
  password_changed: { kind: 'password_changed' },
  two_factor_on: { kind: 'two_factor_changed', on: true },
  two_factor_off: { kind: 'two_factor_changed', on: false },
  email_changed: { kind: 'email_changed' },
};

/** All letters around people and accounts, in the language of their reader: queued, never sent within the request. */
export function createLetters({ store, keys, origin }: LetterOptions): Letters & { readonly of: AccountLetters } {
  const post = async (tx: Tx, accountId: AccountId | null, to: Reader, mail: Mail): Promise<void> => {
    const language = isLanguage(to.language) ? to.language : 'en';
    await queueMail(tx, keys, { accountId, to: to.email, kind: mail.kind, language, ...mailText(language, mail) });
  };
  const send = (to: Reader, mail: Mail): Promise<void> => store.system((tx) => post(tx, null, to, mail));
  const link = (page: string, token: string): string => `${origin}/${page}?token=${encodeURIComponent(token)}`;
  return {
    confirmEmail: (to, token) =>
      send(to, { kind: 'confirm_email', link: link('confirm-email', token), minutes: confirmMinutes }),
    registeredAgain: (to) => send(to, { kind: 'registered_again', link: `${origin}/sign-in` }),
    resetPassword: (to, token) =>
      send(to, { kind: 'reset_password', link: link('reset-password', token), minutes: resetMinutes }),
    changeEmail: (to, newEmail, token) =>
      send(to, {
        kind: 'email_consent',
        link: link('confirm-email', token),
        address: newEmail,
        minutes: confirmMinutes,
      }),
    of: {
      notice: (tx, to, notice) => post(tx, null, to, mailOfNotice[notice]),
      invitation: (tx, to, { id, accountId, accountName, role, by }) =>
        post(tx, accountId, to, {
          kind: 'invitation',
          link: `${origin}/invitations/${id}`,
          account: accountName,
          inviter: by,
          role,
          days: invitationDays,
        }),
      deletionAsked: (tx, to, { accountId, accountName, by, token, minutes }) =>
        post(tx, accountId, to, {
          kind: 'account_deletion_asked',
          account: accountName,
          by,
          link: link('delete-account', token),
          minutes,
        }),
      accountDeleted: (tx, to, { accountName, by }) =>
        post(tx, null, to, { kind: 'account_deleted', account: accountName, by }),
      partnerAsks: (tx, to, { accountId, accountName, partnerName }) =>
        post(tx, accountId, to, {
          kind: 'partner_asks',
          account: accountName,
          partner: partnerName,
          link: `${origin}/partners`,
        }),
      partnerDecided: (tx, to, { accountId, accountName, partnerName, decision }) =>
        post(tx, accountId, to, { kind: 'partner_decided', account: accountName, partner: partnerName, decision }),
    },
  };
}
