import type { MailTexts } from './mail.js';
import { counter, type Forms } from './plural.js';

const count = counter('uk');
/** In the accusative: `діє 1 хвилину`. */
const minutes: Forms = { one: 'хвилину', few: 'хвилини', many: 'хвилин', other: 'хвилини' };
const days: Forms = { one: 'день', few: 'дні', many: 'днів', other: 'дня' };
const records: Forms = { one: 'запис', few: 'записи', many: 'записів', other: 'запису' };
const roles: Readonly<Record<string, string>> = {
  owner: 'власник',
  admin: 'адміністратор',
  editor: 'редактор',
  viewer: 'спостерігач',
};
const notYou = 'Якщо це були не ви, нічого не робіть: без посилання нічого не зміниться.';
const secure = 'Якщо це були не ви, одразу задайте новий пароль і завершіть усі свої сеанси.';

export const uk: MailTexts = {
  signature: 'Pipewright',
  confirm_email: (mail) => ({
    subject: 'Підтвердьте адресу',
    body: [
      'Підтвердьте, будь ласка, що це ваша адреса:',
      mail.link,
      `Посилання діє ${count(mail.minutes, minutes)}.`,
      notYou,
    ],
  }),
  reset_password: (mail) => ({
    subject: 'Новий пароль',
    body: ['Задайте новий пароль тут:', mail.link, `Посилання діє один раз, ${count(mail.minutes, minutes)}.`, notYou],
  }),
  sign_in_code: (mail) => ({
    subject: 'Код для входу',
    body: [
      'Ваш код для входу:',
      mail.code,
      `Він діє один раз, ${count(mail.minutes, minutes)}. Нікому його не повідомляйте.`,
    ],
  }),
  invitation: (mail) => ({
    subject: `Запрошення до ${mail.account}`,
    body: [
      `${mail.inviter} запрошує вас до акаунта «${mail.account}». Ваша роль: ${roles[mail.role] ?? mail.role}.`,
      'Прийміть запрошення тут:',
      mail.link,
      `Посилання діє ${count(mail.days, days)}. Якщо відправник вам незнайомий, не відповідайте на цей лист.`,
    ],
  }),
  request_received: (mail) => ({
    subject: `Звернення ${mail.number} отримано: ${mail.subject}`,
    body: [
      `Дякуємо, ми отримали ваше звернення «${mail.subject}» під номером ${mail.number}.`,
      'Ми відповімо поштою. Щоб щось додати, просто дайте відповідь на цей лист.',
      mail.link === undefined ? undefined : `Переглянути його можна тут:\n${mail.link}`,
    ],
  }),
  request_answered: (mail) => ({
    subject: `Відповідь на звернення ${mail.number}: ${mail.subject}`,
    body: [
      `На ваше звернення «${mail.subject}» є відповідь:`,
      mail.answer,
      'Щоб продовжити, просто дайте відповідь на цей лист.',
      mail.link === undefined ? undefined : `Переглянути звернення повністю можна тут:\n${mail.link}`,
    ],
  }),
  operator_new_request: (mail) => ({
    subject: `Нове звернення ${mail.number}: ${mail.subject}`,
    body: [`Звернення «${mail.subject}» від ${mail.from}.`, 'Прочитати й відповісти можна тут:', mail.link],
  }),
  connection_broken: (mail) => ({
    subject: `Підключення ${mail.connection} чекає на вас`,
    body: [
      `Підключення «${mail.connection}» акаунта «${mail.account}» більше не працює.`,
      mail.reason,
      'Його конвеєри стоять, доки ви не підключите його знову; за цей час нічого не загубиться. Підключити можна тут:',
      mail.link,
    ],
  }),
  run_failed: (mail) => ({
    subject: `Запуск ${mail.pipeline} не вдався`,
    body: [
      `Запуск конвеєра «${mail.pipeline}» акаунта «${mail.account}» не вдався.`,
      mail.reason,
      'Те, що вже підтверджено, залишається записаним. Переглянути запуск можна тут:',
      mail.link,
    ],
  }),
  dead_letters: (mail) => ({
    subject: `Відкладені записи в ${mail.pipeline}`,
    body: [
      `Конвеєр «${mail.pipeline}» не зміг доставити ${count(mail.count, records)}. Нічого не втрачено: усе відкладено.`,
      'Переглянути причину, виправити й надіслати знову можна тут:',
      mail.link,
    ],
  }),
  webhook_disabled: (mail) => ({
    subject: 'Одержувача вебхуків вимкнено',
    body: [
      'Ця адреса перестала приймати події, тому ми її вимкнули:',
      mail.url,
      `Доставки не вдавалися ${count(mail.days, days)} поспіль. Увімкніть її знову, коли вона відповідатиме.`,
    ],
  }),
  connect_link: (mail) => ({
    subject: `Підключіть, будь ласка, ${mail.connector} для ${mail.account}`,
    body: [
      `${mail.from} просить вас підключити ваш акаунт ${mail.connector} до «${mail.account}».`,
      'Власний акаунт тут вам не потрібен; дайте згоду на сторінці постачальника:',
      mail.link,
      `Посилання діє один раз, ${count(mail.days, days)}. Якщо відправник вам незнайомий, не відповідайте на цей лист.`,
    ],
  }),
  password_changed: () => ({
    subject: 'Ваш пароль змінено',
    body: ['Пароль для вашого входу змінено.', secure],
  }),
  email_change: (mail) => ({
    subject: 'Підтвердьте нову адресу',
    body: ['Підтвердьте, будь ласка, нову адресу для входу:', mail.link, notYou],
  }),
  two_factor_changed: (mail) => ({
    subject: mail.on ? 'Двоетапний вхід увімкнено' : 'Двоетапний вхід вимкнено',
    body: [
      mail.on
        ? 'Відтепер для входу потрібен ще й код із вашого застосунку. Зберігайте резервні коди в надійному місці.'
        : 'Відтепер для входу достатньо самого пароля.',
      secure,
    ],
  }),
  support_visit: (mail) => ({
    subject: 'Підтримка відкрила ваше посилання',
    body: [
      `Ваше посилання для підтримки відкрив(-ла) ${mail.support}. Візит триватиме не довше ніж ${count(mail.minutes, minutes)}.`,
      'Підтримка бачить ваш акаунт, але нічого не змінює й не бачить секретів. Завершити візит можна будь-коли.',
    ],
  }),
};
