import type { MailTexts } from './mail.js';
import { counter, type Forms } from './plural.js';

const count = counter('en');
const minutes: Forms = { one: 'minute', other: 'minutes' };
const days: Forms = { one: 'day', other: 'days' };
const records: Forms = { one: 'record', other: 'records' };
const notYou = 'If this was not you, do nothing: without the link nothing changes.';
const secure = 'If this was not you, set a new password at once and end all your sessions.';

export const en: MailTexts = {
  signature: 'Pipewright',
  confirm_email: (mail) => ({
    subject: 'Confirm your address',
    body: [
      'Please confirm that this address is yours:',
      mail.link,
      `The link works for ${count(mail.minutes, minutes)}.`,
      notYou,
    ],
  }),
  reset_password: (mail) => ({
    subject: 'Set a new password',
    body: ['Set a new password here:', mail.link, `The link works once, for ${count(mail.minutes, minutes)}.`, notYou],
  }),
  sign_in_code: (mail) => ({
    subject: 'Your sign-in code',
    body: [
      'Your code for signing in:',
      mail.code,
      `It works once, for ${count(mail.minutes, minutes)}. Tell it to nobody.`,
    ],
  }),
  invitation: (mail) => ({
    subject: `Invitation to ${mail.account}`,
    body: [
      `${mail.inviter} invites you to the account “${mail.account}” as ${mail.role}.`,
      'Accept the invitation here:',
      mail.link,
      `The link works for ${count(mail.days, days)}. If you do not know the sender, ignore this mail.`,
    ],
  }),
  request_received: (mail) => ({
    subject: `Request ${mail.number} received: ${mail.subject}`,
    body: [
      `Thank you, we received your request “${mail.subject}” under number ${mail.number}.`,
      'We answer by mail. To add something, simply reply to this mail.',
      mail.link === undefined ? undefined : `See it here:\n${mail.link}`,
    ],
  }),
  request_answered: (mail) => ({
    subject: `Answer to request ${mail.number}: ${mail.subject}`,
    body: [
      `There is an answer to your request “${mail.subject}”:`,
      mail.answer,
      'To go on, simply reply to this mail.',
      mail.link === undefined ? undefined : `See the whole request here:\n${mail.link}`,
    ],
  }),
  operator_new_request: (mail) => ({
    subject: `New request ${mail.number}: ${mail.subject}`,
    body: [`${mail.from} sent the request “${mail.subject}”.`, 'Read and answer it here:', mail.link],
  }),
  connection_broken: (mail) => ({
    subject: `Connection ${mail.connection} needs you`,
    body: [
      `The connection “${mail.connection}” of the account “${mail.account}” does not work any more.`,
      mail.reason,
      'Its pipelines stand still until it is connected again; nothing is lost meanwhile. Connect it here:',
      mail.link,
    ],
  }),
  run_failed: (mail) => ({
    subject: `A run of ${mail.pipeline} has failed`,
    body: [
      `A run of the pipeline “${mail.pipeline}” of the account “${mail.account}” has failed.`,
      mail.reason,
      'What was confirmed stays written. See the run here:',
      mail.link,
    ],
  }),
  dead_letters: (mail) => ({
    subject: `Dead letters in ${mail.pipeline}`,
    body: [
      `The pipeline “${mail.pipeline}” could not deliver ${count(mail.count, records)}. Nothing is lost: they are kept as dead letters.`,
      'See why, correct and resend them here:',
      mail.link,
    ],
  }),
  webhook_disabled: (mail) => ({
    subject: 'A webhook endpoint was switched off',
    body: [
      'This address took no events any more, so we switched it off:',
      mail.url,
      `All deliveries of the last ${count(mail.days, days)} failed. Switch it on again when it answers.`,
    ],
  }),
  connect_link: (mail) => ({
    subject: `Please connect ${mail.connector} for ${mail.account}`,
    body: [
      `${mail.from} asks you to connect your ${mail.connector} account with “${mail.account}”.`,
      'You need no account of your own here; agree on the page of the vendor:',
      mail.link,
      `The link works once, for ${count(mail.days, days)}. If you do not know the sender, ignore this mail.`,
    ],
  }),
  password_changed: () => ({
    subject: 'Your password was changed',
    body: ['The password of your sign-in was changed.', secure],
  }),
  email_change: (mail) => ({
    subject: 'Confirm your new address',
    body: ['Please confirm the new address of your sign-in:', mail.link, notYou],
  }),
  two_factor_changed: (mail) => ({
    subject: mail.on ? 'Two-step sign-in is on' : 'Two-step sign-in is off',
    body: [
      mail.on
        ? 'From now on, signing in asks for a code of your app as well. Keep the backup codes in a safe place.'
        : 'From now on, the password alone is enough to sign in.',
      secure,
    ],
  }),
  registered_again: (mail) => ({
    subject: 'You have a sign-in already',
    body: [
      'Somebody, most likely you, registered with this address. It has a sign-in here already:',
      mail.link,
      'If you have forgotten the password or never confirmed the address, set a new password there. If it was not you, do nothing.',
    ],
  }),
  email_consent: (mail) => ({
    subject: 'Agree to a new address',
    body: [
      `The address of your sign-in is to become ${mail.address}. Agree to it here:`,
      mail.link,
      `The link works for ${count(mail.minutes, minutes)}. Then a mail to the new address asks to confirm it.`,
      secure,
    ],
  }),
  email_changed: () => ({
    subject: 'The address of your sign-in was changed',
    body: ['This address does not belong to your sign-in any more; a new one does.', secure],
  }),
  account_deletion_asked: (mail) => ({
    subject: `Delete the account ${mail.account}?`,
    body: [
      `${mail.by} wants to delete the account “${mail.account}” with all its pipelines, connections, records and history. It cannot be undone. To do it, sign in and open:`,
      mail.link,
      `The link works for ${count(mail.minutes, minutes)}.`,
      secure,
    ],
  }),
  account_deleted: (mail) => ({
    subject: `The account ${mail.account} was deleted`,
    body: [`${mail.by} deleted the account “${mail.account}” with everything in it. Its pipelines have stopped.`],
  }),
  partner_asks: (mail) => ({
    subject: `${mail.partner} asks to look after ${mail.account}`,
    body: [
      `The company “${mail.partner}” asks to be linked to the account “${mail.account}”. Its people would see the states of pipelines and runs and could file requests for you, nothing else.`,
      'Accept or refuse here:',
      mail.link,
    ],
  }),
  partner_decided: (mail) => ({
    subject: {
      accepted: `${mail.account} has accepted ${mail.partner}`,
      refused: `${mail.account} has refused ${mail.partner}`,
      ended: `The link of ${mail.account} and ${mail.partner} has ended`,
    }[mail.decision],
    body: [
      {
        accepted: `The account “${mail.account}” has accepted the link to “${mail.partner}”.`,
        refused: `The account “${mail.account}” has refused the link to “${mail.partner}”.`,
        ended: `The link between the account “${mail.account}” and “${mail.partner}” has ended.`,
      }[mail.decision],
    ],
  }),
  support_visit: (mail) => ({
    subject: 'Support has opened your link',
    body: [
      `${mail.support} opened your support link. The visit ends after ${count(mail.minutes, minutes)} at the latest.`,
      'Support sees your account but changes nothing and sees no secrets. You can end the visit at any time.',
    ],
  }),
};
