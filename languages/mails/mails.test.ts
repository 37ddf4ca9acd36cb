import { describe, expect, test } from '@jest/globals';
import { languages, type Mail, type MailKind, mailText } from '../index.js';

const link = 'https://pipewright.example/open?token=t-0-ken';
const mails: { readonly [Kind in MailKind]: Extract<Mail, { kind: Kind }> } = {
  confirm_email: { kind: 'confirm_email', link, minutes: 60 },
  reset_password: { kind: 'reset_password', link, minutes: 30 },
  sign_in_code: { kind: 'sign_in_code', code: '407713', minutes: 10 },
  invitation: { kind: 'invitation', link, account: 'ACME', inviter: 'Ada Lovelace', role: 'editor', days: 7 },
  request_received: { kind: 'request_received', number: 41, subject: 'A question', link },
  request_answered: { kind: 'request_answered', number: 41, subject: 'A question', answer: 'First.\nSecond.', link },
  operator_new_request: { kind: 'operator_new_request', number: 41, subject: 'A question', from: 'a@b.example', link },
  connection_broken: {
    kind: 'connection_broken',
    connection: 'crm',
    account: 'ACME',
    link,
    reason: 'Connection `crm` has no stored secret.',
  },
  run_failed: { kind: 'run_failed', pipeline: 'deals', account: 'ACME', link, reason: 'Vendor said no' },
  dead_letters: { kind: 'dead_letters', pipeline: 'deals', count: 5, link },
  webhook_disabled: { kind: 'webhook_disabled', url: 'https://hooks.example/in', days: 3 },
  connect_link: { kind: 'connect_link', account: 'ACME', connector: 'Bitrix24', link, days: 7, from: 'Ada Lovelace' },
  password_changed: { kind: 'password_changed' },
  email_change: { kind: 'email_change', link },
  two_factor_changed: { kind: 'two_factor_changed', on: true },
  registered_again: { kind: 'registered_again', link },
  email_consent: { kind: 'email_consent', link, address: 'ada@new.example', minutes: 60 },
  email_changed: { kind: 'email_changed' },
  account_deletion_asked: { kind: 'account_deletion_asked', account: 'ACME', by: 'ada@b.example', link, minutes: 60 },
  account_deleted: { kind: 'account_deleted', account: 'ACME', by: 'ada@b.example' },
  partner_asks: { kind: 'partner_asks', account: 'ACME', partner: 'Agency', link },
  partner_decided: { kind: 'partner_decided', account: 'ACME', partner: 'Agency', decision: 'accepted' },
  support_visit: { kind: 'support_visit', support: 'Grace Hopper', minutes: 60 },
};
/** What is translated, or of another part of the mail. */
const words = new Set(['kind', 'role', 'reason', 'on', 'decision']);

describe.each(languages)('mails in %s', (language) => {
  test.each(Object.values(mails))('of the kind $kind say everything they are given', (mail) => {
    const { subject, text } = mailText(language, mail);
    for (const [name, value] of Object.entries(mail)) {
      if (!words.has(name)) expect(`${subject}\n${text}`).toContain(String(value));
    }
    expect(subject).toMatch(/^\S[^\n]{5,150}$/);
    expect(text).not.toMatch(/undefined|null|\[object|\$\{|\{\d+\}|\n\n\n/);
    expect(text.endsWith('Pipewright')).toBe(true);
  });

  test('of two kinds never have one text', () => {
    const all = Object.values(mails).map((mail) => mailText(language, mail).subject);
    expect(new Set(all).size).toBe(all.length);
  });

  test('tell whether the second step was switched on or off', () => {
    const [on, off] = [true, false].map((state) => mailText(language, { kind: 'two_factor_changed', on: state }));
    expect(on?.subject).not.toBe(off?.subject);
    expect(on?.text).not.toBe(off?.text);
  });

  test('keep what people wrote on one line, and the answer on its lines', () => {
    const evil = 'A\r\nBcc: x@y.example\n\nClick here';
    const { subject, text } = mailText(language, { ...mails.request_answered, subject: evil });
    expect(subject).not.toMatch(/[\r\n]/);
    expect(text).toContain('A Bcc: x@y.example Click here');
    expect(text).toContain('First.\nSecond.');
    expect(mailText(language, { ...mails.invitation, account: 'x'.repeat(5_000) }).subject.length).toBeLessThan(151);
  });
});

const counts = [1, 2, 5, 21, 22, 100];

test.each([
  ['en', ['1 minute', '2 minutes', '5 minutes', '21 minutes', '22 minutes', '100 minutes']],
  ['ru', ['1 минуту', '2 минуты', '5 минут', '21 минуту', '22 минуты', '100 минут']],
  ['uk', ['1 хвилину', '2 хвилини', '5 хвилин', '21 хвилину', '22 хвилини', '100 хвилин']],
  ['pl', ['1 minutę', '2 minuty', '5 minut', '21 minut', '22 minuty', '100 minut']],
  ['ro', ['1 minut', '2 minute', '5 minute', '21 de minute', '22 de minute', '100 de minute']],
] as const)('minutes are counted by the plural rules of %s', (language, wanted) => {
  const told = counts.map((minutes) => mailText(language, { ...mails.confirm_email, minutes }).text);
  expect(told.map((text, at) => text.includes(`${wanted[at]}.`))).toEqual(counts.map(() => true));
});

test.each([
  ['en', ['1 day.', '2 days.', '5 days.', '21 days.', '22 days.', '100 days.']],
  ['ru', ['1 день.', '2 дня.', '5 дней.', '21 день.', '22 дня.', '100 дней.']],
  ['uk', ['1 день.', '2 дні.', '5 днів.', '21 день.', '22 дні.', '100 днів.']],
  ['pl', ['1 dzień.', '2 dni.', '5 dni.', '21 dni.', '22 dni.', '100 dni.']],
  ['ro', ['1 zi.', '2 zile.', '5 zile.', '21 de zile.', '22 de zile.', '100 de zile.']],
] as const)('days are counted by the plural rules of %s', (language, wanted) => {
  const told = counts.map((days) => mailText(language, { ...mails.invitation, days }).text);
  expect(told.map((text, at) => text.includes(wanted[at] ?? '?'))).toEqual(counts.map(() => true));
});

test.each([
  ['en', ['1 record.', '2 records.', '5 records.', '21 records.', '22 records.', '100 records.']],
  ['ru', ['1 запись.', '2 записи.', '5 записей.', '21 запись.', '22 записи.', '100 записей.']],
  ['uk', ['1 запис.', '2 записи.', '5 записів.', '21 запис.', '22 записи.', '100 записів.']],
  ['pl', ['1 rekordu.', '2 rekordów.', '5 rekordów.', '21 rekordów.', '22 rekordów.', '100 rekordów.']],
  [
    'ro',
    [
      '1 înregistrare.',
      '2 înregistrări.',
      '5 înregistrări.',
      '21 de înregistrări.',
      '22 de înregistrări.',
      '100 de înregistrări.',
    ],
  ],
] as const)('records are counted by the plural rules of %s', (language, wanted) => {
  const told = counts.map((count) => mailText(language, { ...mails.dead_letters, count }).text);
  expect(told.map((text, at) => text.includes(wanted[at] ?? '?'))).toEqual(counts.map(() => true));
});

test('a reason of ours is told in the language of the mail, a vendor’s stays', () => {
  expect(mailText('pl', mails.connection_broken).text).toContain('Połączenie `crm` nie ma zapisanego sekretu.');
  expect(mailText('pl', mails.run_failed).text).toContain('Vendor said no');
});
