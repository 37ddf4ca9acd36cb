import type { MailTexts } from './mail.js';
import { counter, type Forms } from './plural.js';

const count = counter('pl');
/** In the accusative: `przez 1 minutę`. */
const minutes: Forms = { one: 'minutę', few: 'minuty', many: 'minut', other: 'minuty' };
const days: Forms = { one: 'dzień', few: 'dni', many: 'dni', other: 'dnia' };
const records: Forms = { one: 'rekordu', few: 'rekordów', many: 'rekordów', other: 'rekordu' };
const roles: Readonly<Record<string, string>> = {
  owner: 'właściciel',
  admin: 'administrator',
  editor: 'edytor',
  viewer: 'obserwator',
};
const notYou = 'Jeśli to nie Ty, nic nie rób: bez odnośnika nic się nie zmieni.';
const secure = 'Jeśli to nie Ty, od razu ustaw nowe hasło i zakończ wszystkie swoje sesje.';

export const pl: MailTexts = {
  signature: 'Pipewright',
  confirm_email: (mail) => ({
    subject: 'Potwierdź swój adres',
    body: [
      'Potwierdź, proszę, że to Twój adres:',
      mail.link,
      `Odnośnik działa przez ${count(mail.minutes, minutes)}.`,
      notYou,
    ],
  }),
  reset_password: (mail) => ({
    subject: 'Ustaw nowe hasło',
    body: [
      'Nowe hasło ustawisz tutaj:',
      mail.link,
      `Odnośnik działa raz, przez ${count(mail.minutes, minutes)}.`,
      notYou,
    ],
  }),
  sign_in_code: (mail) => ({
    subject: 'Twój kod logowania',
    body: [
      'Twój kod logowania:',
      mail.code,
      `Działa raz, przez ${count(mail.minutes, minutes)}. Nie podawaj go nikomu.`,
    ],
  }),
  invitation: (mail) => ({
    subject: `Zaproszenie do ${mail.account}`,
    body: [
      `${mail.inviter} zaprasza Cię do konta „${mail.account}”. Twoja rola: ${roles[mail.role] ?? mail.role}.`,
      'Zaproszenie przyjmiesz tutaj:',
      mail.link,
      `Odnośnik działa przez ${count(mail.days, days)}. Jeśli nie znasz nadawcy, zignoruj tę wiadomość.`,
    ],
  }),
  request_received: (mail) => ({
    subject: `Otrzymaliśmy zgłoszenie ${mail.number}: ${mail.subject}`,
    body: [
      `Dziękujemy, otrzymaliśmy Twoje zgłoszenie „${mail.subject}” pod numerem ${mail.number}.`,
      'Odpowiemy e-mailem. Aby coś dodać, po prostu odpowiedz na tę wiadomość.',
      mail.link === undefined ? undefined : `Zobaczysz je tutaj:\n${mail.link}`,
    ],
  }),
  request_answered: (mail) => ({
    subject: `Odpowiedź na zgłoszenie ${mail.number}: ${mail.subject}`,
    body: [
      `Jest odpowiedź na Twoje zgłoszenie „${mail.subject}”:`,
      mail.answer,
      'Aby kontynuować, po prostu odpowiedz na tę wiadomość.',
      mail.link === undefined ? undefined : `Całe zgłoszenie zobaczysz tutaj:\n${mail.link}`,
    ],
  }),
  operator_new_request: (mail) => ({
    subject: `Nowe zgłoszenie ${mail.number}: ${mail.subject}`,
    body: [`Zgłoszenie „${mail.subject}” od ${mail.from}.`, 'Przeczytasz je i odpowiesz tutaj:', mail.link],
  }),
  connection_broken: (mail) => ({
    subject: `Połączenie ${mail.connection} czeka na Ciebie`,
    body: [
      `Połączenie „${mail.connection}” konta „${mail.account}” przestało działać.`,
      mail.reason,
      'Jego potoki stoją, dopóki nie połączysz go ponownie; w tym czasie nic nie przepadnie. Połączysz je tutaj:',
      mail.link,
    ],
  }),
  run_failed: (mail) => ({
    subject: `Uruchomienie ${mail.pipeline} nie powiodło się`,
    body: [
      `Uruchomienie potoku „${mail.pipeline}” konta „${mail.account}” nie powiodło się.`,
      mail.reason,
      'To, co potwierdzono, pozostaje zapisane. Uruchomienie zobaczysz tutaj:',
      mail.link,
    ],
  }),
  dead_letters: (mail) => ({
    subject: `Odłożone rekordy w ${mail.pipeline}`,
    body: [
      `Potok „${mail.pipeline}” nie mógł dostarczyć ${count(mail.count, records)}. Nic nie przepadło: wszystko zostało odłożone.`,
      'Przyczynę zobaczysz, poprawisz i wyślesz rekordy ponownie tutaj:',
      mail.link,
    ],
  }),
  webhook_disabled: (mail) => ({
    subject: 'Odbiorca webhooków został wyłączony',
    body: [
      'Ten adres przestał przyjmować zdarzenia, więc go wyłączyliśmy:',
      mail.url,
      `Dostawy nie udawały się przez ${count(mail.days, days)}. Włącz go ponownie, gdy będzie odpowiadał.`,
    ],
  }),
  connect_link: (mail) => ({
    subject: `Połącz, proszę, ${mail.connector} dla ${mail.account}`,
    body: [
      `${mail.from} prosi o połączenie Twojego konta ${mail.connector} z „${mail.account}”.`,
      'Nie potrzebujesz tu własnego konta; wyraź zgodę na stronie dostawcy:',
      mail.link,
      `Odnośnik działa raz, przez ${count(mail.days, days)}. Jeśli nie znasz nadawcy, zignoruj tę wiadomość.`,
    ],
  }),
  password_changed: () => ({
    subject: 'Twoje hasło zostało zmienione',
    body: ['Hasło Twojego logowania zostało zmienione.', secure],
  }),
  email_change: (mail) => ({
    subject: 'Potwierdź swój nowy adres',
    body: ['Potwierdź, proszę, nowy adres logowania:', mail.link, notYou],
  }),
  two_factor_changed: (mail) => ({
    subject: mail.on ? 'Logowanie dwuetapowe jest włączone' : 'Logowanie dwuetapowe jest wyłączone',
    body: [
      mail.on
        ? 'Od teraz logowanie wymaga także kodu z Twojej aplikacji. Przechowuj kody zapasowe w bezpiecznym miejscu.'
        : 'Od teraz do logowania wystarczy samo hasło.',
      secure,
    ],
  }),
  registered_again: (mail) => ({
    subject: 'Masz już tutaj konto logowania',
    body: [
      'Ktoś, najpewniej Ty, zarejestrował się z tym adresem. Ma on tu już swoje logowanie:',
      mail.link,
      'Jeśli nie pamiętasz hasła lub adres nie został potwierdzony, ustaw tam nowe hasło. Jeśli to nie Ty, nic nie rób.',
    ],
  }),
  email_consent: (mail) => ({
    subject: 'Zgoda na nowy adres',
    body: [
      `Adresem Twojego logowania ma być ${mail.address}. Zgódź się na to tutaj:`,
      mail.link,
      `Odnośnik działa przez ${count(mail.minutes, minutes)}. Potem wiadomość na nowy adres poprosi o jego potwierdzenie.`,
      secure,
    ],
  }),
  email_changed: () => ({
    subject: 'Adres logowania został zmieniony',
    body: ['Ten adres nie należy już do Twojego logowania, zastąpił go nowy.', secure],
  }),
  account_deletion_asked: (mail) => ({
    subject: `Usunąć konto ${mail.account}?`,
    body: [
      `${mail.by} chce usunąć konto „${mail.account}” ze wszystkimi potokami, połączeniami, rekordami i historią. Nie da się tego cofnąć. Aby to zrobić, zaloguj się i otwórz:`,
      mail.link,
      `Odnośnik działa przez ${count(mail.minutes, minutes)}.`,
      secure,
    ],
  }),
  account_deleted: (mail) => ({
    subject: `Konto ${mail.account} zostało usunięte`,
    body: [`Konto „${mail.account}” zostało usunięte z całą zawartością przez ${mail.by}. Jego potoki są zatrzymane.`],
  }),
  partner_asks: (mail) => ({
    subject: `${mail.partner} prosi o opiekę nad ${mail.account}`,
    body: [
      `Firma „${mail.partner}” prosi o powiązanie z kontem „${mail.account}”. Jej pracownicy widzieliby stany potoków i uruchomień i mogliby składać zgłoszenia w Twoim imieniu, nic więcej.`,
      'Przyjmij lub odrzuć tutaj:',
      mail.link,
    ],
  }),
  partner_decided: (mail) => ({
    subject: {
      accepted: `${mail.account}: powiązanie z ${mail.partner} przyjęte`,
      refused: `${mail.account}: powiązanie z ${mail.partner} odrzucone`,
      ended: `${mail.account}: powiązanie z ${mail.partner} zakończone`,
    }[mail.decision],
    body: [
      {
        accepted: `Konto „${mail.account}” przyjęło powiązanie z „${mail.partner}”.`,
        refused: `Konto „${mail.account}” odrzuciło powiązanie z „${mail.partner}”.`,
        ended: `Powiązanie konta „${mail.account}” z „${mail.partner}” zostało zakończone.`,
      }[mail.decision],
    ],
  }),
  support_visit: (mail) => ({
    subject: 'Wsparcie otworzyło Twój odnośnik',
    body: [
      `Twój odnośnik wsparcia otworzył(a) ${mail.support}. Wizyta potrwa najwyżej ${count(mail.minutes, minutes)}.`,
      'Wsparcie widzi Twoje konto, ale niczego nie zmienia i nie widzi sekretów. Wizytę możesz zakończyć w każdej chwili.',
    ],
  }),
};
