import type { AccountId, Store, Tx } from '../../store/database.js';
import { queueMail } from '../../store/mails.js';
import type { MasterKeys } from '../../store/vault.js';
import { confirmMinutes, invitationDays, type Letters, resetMinutes } from '../identity/library.js';

export interface LetterOptions {
  readonly store: Store;
  readonly keys: MasterKeys;
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
  deletionAsked(tx: Tx, to: Reader, about: AccountLetter & { readonly token: string }): Promise<void>;
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

interface Letter {
  readonly kind: string;
  readonly subject: string;
  readonly text: string;
}

const noticeTexts: Readonly<Record<Notice, string>> = {
  password_changed: 'Your password was changed',
  two_factor_on: 'The second step of your sign-in was switched on',
  two_factor_off: 'The second step of your sign-in was switched off',
  email_changed: 'The address of your sign-in was changed',
};

/** All letters around people and accounts: queued, never sent within the request. */
export function createLetters({ store, keys, origin }: LetterOptions): Letters & { readonly of: AccountLetters } {
  const post = async (tx: Tx, accountId: AccountId | null, to: Reader, letter: Letter): Promise<void> => {
    await queueMail(tx, keys, { accountId, to: to.email, language: to.language ?? 'en', ...letter });
  };
  const send = (to: Reader, letter: Letter): Promise<void> => store.system((tx) => post(tx, null, to, letter));
  const link = (page: string, token: string): string => `${origin}/${page}?token=${encodeURIComponent(token)}`;
  return {
    confirmEmail: (to, token) =>
      send(to, {
        kind: 'confirm_email',
        subject: 'Confirm your address',
        text: lines(
          'Somebody, most likely you, gave this address to Pipewright. Confirm that it is yours:',
          link('confirm-email', token),
          `The link works for ${confirmMinutes / 60} hours. If it was not you, do nothing.`,
        ),
      }),
    registeredAgain: (to) =>
      send(to, {
        kind: 'registered_again',
        subject: 'You have a Pipewright sign-in already',
        text: lines(
          'Somebody, most likely you, registered with this address, which is known here already. Sign in:',
          `${origin}/sign-in`,
          `If you forgot the password, or never confirmed the address, set a new one: ${origin}/forgot-password`,
        ),
      }),
    resetPassword: (to, token) =>
      send(to, {
        kind: 'reset_password',
        subject: 'A new password',
        text: lines(
          'Somebody, most likely you, wants to set a new password:',
          link('reset-password', token),
          `The link works once and for ${resetMinutes} minutes. If it was not you, do nothing.`,
        ),
      }),
    changeEmail: (to, newEmail, token) =>
      send(to, {
        kind: 'change_email',
        subject: 'Your address is to be changed',
        text: lines(
          `Your sign-in is to get the address ${newEmail}. Agree to it:`,
          link('confirm-email', token),
          'Then a letter to the new address asks to confirm it. If it was not you, change your password.',
        ),
      }),
    of: {
      notice: (tx, to, notice) =>
        post(tx, null, to, {
          kind: notice,
          subject: noticeTexts[notice],
          text: lines(
            `${noticeTexts[notice]}.`,
            `If it was not you, set a new password at once: ${origin}/forgot-password`,
          ),
        }),
      invitation: (tx, to, { id, accountId, accountName, role, by }) =>
        post(tx, accountId, to, {
          kind: 'invitation',
          subject: `${by} invites you to ${accountName}`,
          text: lines(
            `${by} invites you to the account ${accountName} as ${role}. Accept or decline:`,
            `${origin}/invitations/${id}`,
            `Sign in or register with this address first. The invitation is open for ${invitationDays} days.`,
          ),
        }),
      deletionAsked: (tx, to, { accountId, accountName, by, token }) =>
        post(tx, accountId, to, {
          kind: 'account_deletion_asked',
          subject: `${accountName} is to be deleted`,
          text: lines(
            `${by} wants to delete the account ${accountName} with all its pipelines, connections, records and history.`,
            `To do it, sign in and open within an hour: ${link('delete-account', token)}`,
            'It cannot be undone. If it was not you, change your password.',
          ),
        }),
      accountDeleted: (tx, to, { accountName, by }) =>
        post(tx, null, to, {
          kind: 'account_deleted',
          subject: `${accountName} was deleted`,
          text: lines(`${by} deleted the account ${accountName} with everything in it. Its pipelines have stopped.`),
        }),
      partnerAsks: (tx, to, { accountId, accountName, partnerName }) =>
        post(tx, accountId, to, {
          kind: 'partner_asks',
          subject: `${partnerName} asks to look after ${accountName}`,
          text: lines(
            `The company ${partnerName} asks to be linked to the account ${accountName}.`,
            'Its people would see the states of pipelines and runs and could file requests for you, nothing else.',
            `Accept or refuse: ${origin}/partners`,
          ),
        }),
      partnerDecided: (tx, to, { accountId, accountName, partnerName, decision }) =>
        post(tx, accountId, to, {
          kind: `partner_${decision}`,
          subject: `${partnerName}: the link to ${accountName} was ${decision}`,
          text: lines(`The link between ${partnerName} and the account ${accountName} was ${decision}.`),
        }),
    },
  };
}

function lines(...paragraphs: readonly string[]): string {
  return `${paragraphs.join('\n\n')}\n`;
}
