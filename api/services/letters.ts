import type { AccountId, Store } from '../../store/database.js';
import { queueMail } from '../../store/mails.js';
import type { MasterKeys } from '../../store/vault.js';
import type { Letters } from '../identity/library.js';

export interface LetterOptions {
  readonly store: Store;
  readonly keys: MasterKeys;
  /** Origin of the pages that links lead to. */
  readonly origin: string;
}

/** The letters of the sign-in library: queued, never sent within the request. */
export function createLetters({ store, keys, origin }: LetterOptions): Letters {
  const post = async (
    accountId: AccountId | null,
    to: { readonly email: string; readonly language: string | null },
    letter: { readonly kind: string; readonly subject: string; readonly text: string },
  ): Promise<void> => {
    await store.system((tx) =>
      queueMail(tx, keys, { accountId, to: to.email, language: to.language ?? 'en', ...letter }),
    );
  };
  const link = (page: string, token: string): string => `${origin}/${page}?token=${encodeURIComponent(token)}`;
  return {
    confirmEmail: (to, token) =>
      post(null, to, { kind: 'confirm_email', subject: 'Confirm your address', text: link('confirm-email', token) }),
    resetPassword: (to, token) =>
      post(null, to, { kind: 'reset_password', subject: 'A new password', text: link('reset-password', token) }),
    changeEmail: (to, newEmail, token) =>
      post(null, to, {
        kind: 'change_email',
        subject: `Your address becomes ${newEmail}`,
        text: link('confirm-email', token),
      }),
    invitation: (invitation) =>
      post(
        invitation.accountId,
        { email: invitation.email, language: null },
        {
          kind: 'invitation',
          subject: `${invitation.inviterName} invites you to ${invitation.accountName}`,
          text: `${origin}/invitations/${invitation.id}`,
        },
      ),
  };
}
