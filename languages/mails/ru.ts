import type { MailTexts } from './mail.js';
import { counter, type Forms } from './plural.js';

const count = counter('ru');
/** In the accusative: `действует 1 минуту`. */
const minutes: Forms = { one: 'минуту', few: 'минуты', many: 'минут', other: 'минуты' };

const days: Forms = { one: 'день', few: 'дня', many: 'дней', other: 'дня' };
const records: Forms = { one: 'запись', few: 'записи', many: 'записей', other: 'записи' };
const roles: Readonly<Record<string, string>> = {
  owner: 'владелец',
  admin: 'администратор',
  editor: 'редактор',
  viewer: 'наблюдатель',
};
const notYou = 'Если это были не вы, ничего не делайте: без ссылки ничего не изменится.';
const secure = 'Если это были не вы, сразу задайте новый пароль и завершите все свои сеансы.';

export const ru: MailTexts = {
  signature: 'Pipewright',
  confirm_email: (mail) => ({
    subject: 'Подтвердите адрес',
    body: [
      'Подтвердите, пожалуйста, что это ваш адрес:',
      mail.link,
      `Ссылка действует ${count(mail.minutes, minutes)}.`,
      notYou,
    ],
  }),
  reset_password: (mail) => ({
    subject: 'Новый пароль',
    body: [
      'Задайте новый пароль здесь:',
      mail.link,
      `Ссылка действует один раз, ${count(mail.minutes, minutes)}.`,
      notYou,
    ],
  }),
  sign_in_code: (mail) => ({
    subject: 'Код для входа',
    body: [
      'Ваш код для входа:',
      mail.code,
      `Он действует один раз, ${count(mail.minutes, minutes)}. Никому его не сообщайте.`,
    ],
  }),
  invitation: (mail) => ({
    subject: `Приглашение в ${mail.account}`,
    body: [
      `${mail.inviter} приглашает вас в аккаунт «${mail.account}». Ваша роль: ${roles[mail.role] ?? mail.role}.`,
      'Примите приглашение здесь:',
      mail.link,
      `Ссылка действует ${count(mail.days, days)}. Если отправитель вам незнаком, не отвечайте на это письмо.`,
    ],
  }),
  request_received: (mail) => ({
    subject: `Обращение ${mail.number} получено: ${mail.subject}`,
    body: [
      `Спасибо, мы получили ваше обращение «${mail.subject}» под номером ${mail.number}.`,
      'Мы ответим по почте. Чтобы что-то добавить, просто ответьте на это письмо.',
      mail.link === undefined ? undefined : `Посмотреть его можно здесь:\n${mail.link}`,
    ],
  }),
  request_answered: (mail) => ({
    subject: `Ответ на обращение ${mail.number}: ${mail.subject}`,
    body: [
      `На ваше обращение «${mail.subject}» есть ответ:`,
      mail.answer,
      'Чтобы продолжить, просто ответьте на это письмо.',
      mail.link === undefined ? undefined : `Посмотреть обращение целиком можно здесь:\n${mail.link}`,
    ],
  }),
  operator_new_request: (mail) => ({
    subject: `Новое обращение ${mail.number}: ${mail.subject}`,
    body: [`Обращение «${mail.subject}» от ${mail.from}.`, 'Прочитать и ответить можно здесь:', mail.link],
  }),
  connection_broken: (mail) => ({
    subject: `Подключение ${mail.connection} ждёт вас`,
    body: [
      `Подключение «${mail.connection}» аккаунта «${mail.account}» больше не работает.`,
      mail.reason,
      'Его конвейеры стоят, пока вы не подключите его снова; за это время ничего не пропадёт. Подключить можно здесь:',
      mail.link,
    ],
  }),
  run_failed: (mail) => ({
    subject: `Запуск ${mail.pipeline} не удался`,
    body: [
      `Запуск конвейера «${mail.pipeline}» аккаунта «${mail.account}» не удался.`,
      mail.reason,
      'То, что уже подтверждено, остаётся записанным. Посмотреть запуск можно здесь:',
      mail.link,
    ],
  }),
  dead_letters: (mail) => ({
    subject: `Отложенные записи в ${mail.pipeline}`,
    body: [
      `Конвейер «${mail.pipeline}» не смог доставить ${count(mail.count, records)}. Ничего не потеряно: всё отложено.`,
      'Посмотреть причину, исправить и отправить снова можно здесь:',
      mail.link,
    ],
  }),
  webhook_disabled: (mail) => ({
    subject: 'Получатель вебхуков выключен',
    body: [
      'Этот адрес перестал принимать события, поэтому мы его выключили:',
      mail.url,
      `Доставки не удавались ${count(mail.days, days)} подряд. Включите его снова, когда он будет отвечать.`,
    ],
  }),
  connect_link: (mail) => ({
    subject: `Подключите, пожалуйста, ${mail.connector} для ${mail.account}`,
    body: [
      `${mail.from} просит вас подключить ваш аккаунт ${mail.connector} к «${mail.account}».`,
      'Свой аккаунт здесь вам не нужен; дайте согласие на странице поставщика:',
      mail.link,
      `Ссылка действует один раз, ${count(mail.days, days)}. Если отправитель вам незнаком, не отвечайте на это письмо.`,
    ],
  }),
  password_changed: () => ({
    subject: 'Ваш пароль изменён',
    body: ['Пароль для вашего входа изменён.', secure],
  }),
  email_change: (mail) => ({
    subject: 'Подтвердите новый адрес',
    body: ['Подтвердите, пожалуйста, новый адрес для входа:', mail.link, notYou],
  }),
  two_factor_changed: (mail) => ({
    subject: mail.on ? 'Двухэтапный вход включён' : 'Двухэтапный вход выключен',
    body: [
      mail.on
        ? 'Теперь при входе нужен ещё и код из вашего приложения. Храните резервные коды в надёжном месте.'
        : 'Теперь для входа достаточно одного пароля.',
      secure,
    ],
  }),
  registered_again: (mail) => ({
    subject: 'У вас уже есть вход',
    body: [
      'Кто-то, скорее всего вы, зарегистрировался с этим адресом. Для него здесь уже есть вход:',
      mail.link,
      'Если вы забыли пароль или не подтвердили адрес, задайте там новый пароль. Если это были не вы, ничего не делайте.',
    ],
  }),
  email_consent: (mail) => ({
    subject: 'Согласитесь на новый адрес',
    body: [
      `Адресом для входа станет ${mail.address}. Согласитесь с этим здесь:`,
      mail.link,
      `Ссылка действует ${count(mail.minutes, minutes)}. Затем письмо на новый адрес попросит подтвердить его.`,
      secure,
    ],
  }),
  email_changed: () => ({
    subject: 'Адрес для входа изменён',
    body: ['Этот адрес больше не относится к вашему входу, вместо него задан новый.', secure],
  }),
  account_deletion_asked: (mail) => ({
    subject: `Удалить аккаунт ${mail.account}?`,
    body: [
      `${mail.by} просит удалить аккаунт «${mail.account}» со всеми конвейерами, подключениями, записями и историей. Отменить это нельзя. Чтобы удалить, войдите и откройте:`,
      mail.link,
      `Ссылка действует ${count(mail.minutes, minutes)}.`,
      secure,
    ],
  }),
  account_deleted: (mail) => ({
    subject: `Аккаунт ${mail.account} удалён`,
    body: [`Аккаунт «${mail.account}» удалён со всем содержимым, это сделал(а) ${mail.by}. Его конвейеры остановлены.`],
  }),
  partner_asks: (mail) => ({
    subject: `${mail.partner} просит сопровождать ${mail.account}`,
    body: [
      `Компания «${mail.partner}» просит связать её с аккаунтом «${mail.account}». Её сотрудники увидят состояния конвейеров и запусков и смогут оставлять обращения за вас, больше ничего.`,
      'Принять или отклонить можно здесь:',
      mail.link,
    ],
  }),
  partner_decided: (mail) => ({
    subject: {
      accepted: `${mail.account}: связь с ${mail.partner} принята`,
      refused: `${mail.account}: связь с ${mail.partner} отклонена`,
      ended: `${mail.account}: связь с ${mail.partner} завершена`,
    }[mail.decision],
    body: [
      {
        accepted: `Аккаунт «${mail.account}» принял связь с «${mail.partner}».`,
        refused: `Аккаунт «${mail.account}» отклонил связь с «${mail.partner}».`,
        ended: `Связь аккаунта «${mail.account}» с «${mail.partner}» завершена.`,
      }[mail.decision],
    ],
  }),
  support_visit: (mail) => ({
    subject: 'Поддержка открыла вашу ссылку',
    body: [
      `Вашу ссылку для поддержки открыл(а) ${mail.support}. Визит продлится не дольше чем ${count(mail.minutes, minutes)}.`,
      'Поддержка видит ваш аккаунт, но ничего не меняет и не видит секретов. Завершить визит можно в любой момент.',
    ],
  }),
};
