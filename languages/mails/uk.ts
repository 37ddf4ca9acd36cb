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
  registered_again: (mail) => ({
    subject: 'У вас уже є вхід',
    body: [
      'Хтось, найімовірніше ви, зареєструвався з цією адресою. Для неї тут уже є вхід:',
      mail.link,
      'Якщо ви забули пароль або не підтвердили адресу, задайте там новий пароль. Якщо це були не ви, нічого не робіть.',
    ],
  }),
  email_consent: (mail) => ({
    subject: 'Погодьтеся на нову адресу',
    body: [
      `Адресою для входу стане ${mail.address}. Погодьтеся з цим тут:`,
      mail.link,
      `Посилання діє ${count(mail.minutes, minutes)}. Потім лист на нову адресу попросить підтвердити її.`,
      secure,
    ],
  }),
  email_changed: () => ({
    subject: 'Адресу для входу змінено',
    body: ['Ця адреса більше не стосується вашого входу, замість неї задано нову.', secure],
  }),
  account_deletion_asked: (mail) => ({
    subject: `Видалити акаунт ${mail.account}?`,
    body: [
      `${mail.by} просить видалити акаунт «${mail.account}» з усіма конвеєрами, підключеннями, записами та історією. Скасувати це неможливо. Щоб видалити, увійдіть і відкрийте:`,
      mail.link,
      `Посилання діє ${count(mail.minutes, minutes)}.`,
      secure,
    ],
  }),
  account_deleted: (mail) => ({
    subject: `Акаунт ${mail.account} видалено`,
    body: [`Акаунт «${mail.account}» видалено з усім вмістом, це зробив(-ла) ${mail.by}. Його конвеєри зупинено.`],
  }),
  partner_asks: (mail) => ({
    subject: `${mail.partner} просить супроводжувати ${mail.account}`,
    body: [
      `Компанія «${mail.partner}» просить пов’язати її з акаунтом «${mail.account}». Її працівники бачитимуть стани конвеєрів і запусків та зможуть залишати звернення за вас, більше нічого.`,
      'Прийняти чи відхилити можна тут:',
      mail.link,
    ],
  }),
  partner_decided: (mail) => ({
    subject: {
      accepted: `${mail.account}: зв’язок із ${mail.partner} прийнято`,
      refused: `${mail.account}: зв’язок із ${mail.partner} відхилено`,
      ended: `${mail.account}: зв’язок із ${mail.partner} завершено`,
    }[mail.decision],
    body: [
      {
        accepted: `Акаунт «${mail.account}» прийняв зв’язок із «${mail.partner}».`,
        refused: `Акаунт «${mail.account}» відхилив зв’язок із «${mail.partner}».`,
        ended: `Зв’язок акаунта «${mail.account}» із «${mail.partner}» завершено.`,
      }[mail.decision],
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
