import type { MailTexts } from './mail.js';
import { counter, type Forms } from './plural.js';

const count = counter('ro');
const minutes: Forms = { one: 'minut', few: 'minute', other: 'de minute' };
const days: Forms = { one: 'zi', few: 'zile', other: 'de zile' };
const records: Forms = { one: 'înregistrare', few: 'înregistrări', other: 'de înregistrări' };
const roles: Readonly<Record<string, string>> = {
  owner: 'proprietar',
  admin: 'administrator',
  editor: 'editor',
  viewer: 'observator',
};
const notYou = 'Dacă nu ați fost dumneavoastră, nu faceți nimic: fără link nu se schimbă nimic.';
const secure =
  'Dacă nu ați fost dumneavoastră, setați imediat o parolă nouă și încheiați toate sesiunile dumneavoastră.';

export const ro: MailTexts = {
  signature: 'Pipewright',
  confirm_email: (mail) => ({
    subject: 'Confirmați adresa',
    body: [
      'Vă rugăm să confirmați că această adresă vă aparține:',
      mail.link,
      `Linkul este valabil ${count(mail.minutes, minutes)}.`,
      notYou,
    ],
  }),
  reset_password: (mail) => ({
    subject: 'Setați o parolă nouă',
    body: [
      'Setați o parolă nouă aici:',
      mail.link,
      `Linkul este valabil o singură dată, ${count(mail.minutes, minutes)}.`,
      notYou,
    ],
  }),
  sign_in_code: (mail) => ({
    subject: 'Codul dumneavoastră de autentificare',
    body: [
      'Codul dumneavoastră de autentificare:',
      mail.code,
      `Este valabil o singură dată, ${count(mail.minutes, minutes)}. Nu îl spuneți nimănui.`,
    ],
  }),
  invitation: (mail) => ({
    subject: `Invitație în ${mail.account}`,
    body: [
      `${mail.inviter} vă invită în contul „${mail.account}”. Rolul dumneavoastră: ${roles[mail.role] ?? mail.role}.`,
      'Acceptați invitația aici:',
      mail.link,
      `Linkul este valabil ${count(mail.days, days)}. Dacă nu cunoașteți expeditorul, ignorați acest mesaj.`,
    ],
  }),
  request_received: (mail) => ({
    subject: `Solicitarea ${mail.number} a fost primită: ${mail.subject}`,
    body: [
      `Vă mulțumim, am primit solicitarea „${mail.subject}” cu numărul ${mail.number}.`,
      'Răspundem prin e-mail. Pentru a adăuga ceva, răspundeți pur și simplu la acest mesaj.',
      mail.link === undefined ? undefined : `O puteți vedea aici:\n${mail.link}`,
    ],
  }),
  request_answered: (mail) => ({
    subject: `Răspuns la solicitarea ${mail.number}: ${mail.subject}`,
    body: [
      `Există un răspuns la solicitarea „${mail.subject}”:`,
      mail.answer,
      'Pentru a continua, răspundeți pur și simplu la acest mesaj.',
      mail.link === undefined ? undefined : `Puteți vedea întreaga solicitare aici:\n${mail.link}`,
    ],
  }),
  operator_new_request: (mail) => ({
    subject: `Solicitare nouă ${mail.number}: ${mail.subject}`,
    body: [`Solicitarea „${mail.subject}” de la ${mail.from}.`, 'O puteți citi și îi puteți răspunde aici:', mail.link],
  }),
  connection_broken: (mail) => ({
    subject: `Conexiunea ${mail.connection} vă așteaptă`,
    body: [
      `Conexiunea „${mail.connection}” a contului „${mail.account}” nu mai funcționează.`,
      mail.reason,
      'Pipeline-urile ei stau până când o conectați din nou; între timp nu se pierde nimic. O puteți conecta aici:',
      mail.link,
    ],
  }),
  run_failed: (mail) => ({
    subject: `O rulare a ${mail.pipeline} a eșuat`,
    body: [
      `O rulare a pipeline-ului „${mail.pipeline}” al contului „${mail.account}” a eșuat.`,
      mail.reason,
      'Ce a fost confirmat rămâne scris. Puteți vedea rularea aici:',
      mail.link,
    ],
  }),
  dead_letters: (mail) => ({
    subject: `Înregistrări amânate în ${mail.pipeline}`,
    body: [
      `Pipeline-ul „${mail.pipeline}” nu a putut livra ${count(mail.count, records)}. Nu s-a pierdut nimic: totul a fost amânat.`,
      'Puteți vedea cauza, corecta și retrimite aici:',
      mail.link,
    ],
  }),
  webhook_disabled: (mail) => ({
    subject: 'Un destinatar de webhookuri a fost dezactivat',
    body: [
      'Această adresă nu a mai acceptat evenimente, așa că am dezactivat-o:',
      mail.url,
      `Livrările au eșuat timp de ${count(mail.days, days)}. Activați-o din nou când răspunde.`,
    ],
  }),
  connect_link: (mail) => ({
    subject: `Vă rugăm să conectați ${mail.connector} pentru ${mail.account}`,
    body: [
      `${mail.from} vă roagă să conectați contul dumneavoastră ${mail.connector} la „${mail.account}”.`,
      'Nu aveți nevoie de un cont propriu aici; acceptați pe pagina furnizorului:',
      mail.link,
      `Linkul este valabil o singură dată, ${count(mail.days, days)}. Dacă nu cunoașteți expeditorul, ignorați acest mesaj.`,
    ],
  }),
  password_changed: () => ({
    subject: 'Parola dumneavoastră a fost schimbată',
    body: ['Parola autentificării dumneavoastră a fost schimbată.', secure],
  }),
  email_change: (mail) => ({
    subject: 'Confirmați adresa nouă',
    body: ['Vă rugăm să confirmați noua adresă de autentificare:', mail.link, notYou],
  }),
  two_factor_changed: (mail) => ({
    subject: mail.on ? 'Autentificarea în doi pași este activată' : 'Autentificarea în doi pași este dezactivată',
    body: [
      mail.on
        ? 'De acum, autentificarea cere și un cod din aplicația dumneavoastră. Păstrați codurile de rezervă într-un loc sigur.'
        : 'De acum, pentru autentificare este suficientă parola.',
      secure,
    ],
  }),
  registered_again: (mail) => ({
    subject: 'Aveți deja o autentificare',
    body: [
      'Cineva, cel mai probabil dumneavoastră, s-a înregistrat cu această adresă. Ea are deja aici o autentificare:',
      mail.link,
      'Dacă ați uitat parola sau nu ați confirmat adresa, setați acolo o parolă nouă. Dacă nu ați fost dumneavoastră, nu faceți nimic.',
    ],
  }),
  email_consent: (mail) => ({
    subject: 'Acceptați noua adresă',
    body: [
      `Adresa dumneavoastră de autentificare urmează să fie ${mail.address}. Acceptați aici:`,
      mail.link,
      `Linkul este valabil ${count(mail.minutes, minutes)}. Apoi un mesaj la noua adresă va cere confirmarea ei.`,
      secure,
    ],
  }),
  email_changed: () => ({
    subject: 'Adresa de autentificare a fost schimbată',
    body: ['Această adresă nu mai aparține autentificării dumneavoastră, a fost înlocuită cu una nouă.', secure],
  }),
  account_deletion_asked: (mail) => ({
    subject: `Ștergeți contul ${mail.account}?`,
    body: [
      `${mail.by} dorește să șteargă contul „${mail.account}” cu toate fluxurile, conexiunile, înregistrările și istoricul. Nu se poate anula. Pentru aceasta, autentificați-vă și deschideți:`,
      mail.link,
      `Linkul este valabil ${count(mail.minutes, minutes)}.`,
      secure,
    ],
  }),
  account_deleted: (mail) => ({
    subject: `Contul ${mail.account} a fost șters`,
    body: [`${mail.by} a șters contul „${mail.account}” cu tot ce conține. Fluxurile lui s-au oprit.`],
  }),
  partner_asks: (mail) => ({
    subject: `${mail.partner} cere să se ocupe de ${mail.account}`,
    body: [
      `Compania „${mail.partner}” cere să fie legată de contul „${mail.account}”. Oamenii ei ar vedea stările fluxurilor și ale rulărilor și ar putea depune cereri pentru dumneavoastră, nimic altceva.`,
      'Acceptați sau refuzați aici:',
      mail.link,
    ],
  }),
  partner_decided: (mail) => ({
    subject: {
      accepted: `${mail.account}: legătura cu ${mail.partner} a fost acceptată`,
      refused: `${mail.account}: legătura cu ${mail.partner} a fost refuzată`,
      ended: `${mail.account}: legătura cu ${mail.partner} s-a încheiat`,
    }[mail.decision],
    body: [
      {
        accepted: `Contul „${mail.account}” a acceptat legătura cu „${mail.partner}”.`,
        refused: `Contul „${mail.account}” a refuzat legătura cu „${mail.partner}”.`,
        ended: `Legătura dintre contul „${mail.account}” și „${mail.partner}” s-a încheiat.`,
      }[mail.decision],
    ],
  }),
  support_visit: (mail) => ({
    subject: 'Asistența a deschis linkul dumneavoastră',
    body: [
      `${mail.support} a deschis linkul dumneavoastră de asistență. Vizita durează cel mult ${count(mail.minutes, minutes)}.`,
      'Asistența vă vede contul, dar nu schimbă nimic și nu vede secrete. Puteți încheia vizita oricând.',
    ],
  }),
};
