import { describe, expect, test } from '@jest/globals';
import { readMail, withoutQuotes } from './mail-reading.js';

const head = 'From: Anna <Anna@Example.com>\r\nTo: requests@example.test\r\nMessage-ID: <1@example.com>\r\n';
const letter = (body: string, headers = 'Content-Type: text/plain; charset=utf-8\r\n'): Buffer =>
  Buffer.from(`${head}${headers}\r\n${body}`);

describe('reading an answer by mail', () => {
  test.each([
    ['On Mon, 2 Nov 2026 at 10:00, Support <a@b.c> wrote:\n> What is it?\n> Tell us.', 'English'],
    ['On Mon, 2 Nov 2026 at 10:00, Support\n<a@b.c> wrote:\n> What is it?', 'a broken line'],
    ['пн, 2 нояб. 2026 г. в 10:00, Поддержка пишет:\n> Что это?', 'Russian'],
    ['W dniu 2.11.2026 o 10:00, Pomoc pisze:\n> Co to?', 'Polish'],
    ['-----Original Message-----\nFrom: Support\nSent: Monday\n\nWhat is it?', 'a separator'],
    ['From: Support <a@b.c>\nSent: Monday, November 2, 2026\nTo: Anna\n\nWhat is it?', 'a block of headers'],
    ['-- \nAnna Nowak\nExample Ltd', 'a signature'],
    ['> What is it?\n>\n> Tell us.', 'only quoted lines'],
  ])('leaves out what is quoted below: %j (%s)', (quote) => {
    expect(withoutQuotes(`It is the NIP.\n\nSecond line.\n\n${quote}\n`)).toContain('Second line.');
    expect(withoutQuotes(`It is the NIP.\n\nSecond line.\n\n${quote}\n`)).not.toMatch(
      /What|Что|Co to|Tell|Example Ltd/,
    );
  });

  test('keeps answers between quotes, and everything where nothing else is there', () => {
    const between = '> First?\nYes.\n> Second?\nNo.';
    expect(withoutQuotes(between)).toBe(between);
    expect(withoutQuotes('> only a quote')).toBe('> only a quote');
  });

  test('a long hostile letter is read in time', () => {
    const began = performance.now();
    withoutQuotes(`${'>'.repeat(400_000)}\n${'wrote '.repeat(50_000)}\n${' '.repeat(200_000)}x`);
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  test('knows its sender, its text, and that attachments are not taken', async () => {
    const parts = [
      '--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nSee the file.\r\n',
      '--x\r\nContent-Type: application/pdf; name="a.pdf"\r\nContent-Disposition: attachment\r\n\r\nAAAA\r\n--x--\r\n',
    ];
    const read = await readMail(letter(parts.join(''), 'Content-Type: multipart/mixed; boundary=x\r\n'));
    expect(read).toEqual({
      from: 'anna@example.com',
      text: 'See the file.\n\n[Attachments are not taken: 1.]',
      messageId: '<1@example.com>',
      isAutomatic: false,
    });
  });

  test('takes the words of a letter that has only HTML', async () => {
    const html =
      '<style>p{}</style><p>Hello<br>there &amp; you</p><blockquote><p>old</p></blockquote><script>1</script>';
    const { text } = await readMail(letter(html, 'Content-Type: text/html\r\n'));
    expect(text).toBe('Hello\nthere & you');
  });

  test.each([
    'Auto-Submitted: auto-replied',
    'Precedence: bulk',
    'X-Autoreply: yes',
    'List-Id: <news.example.com>',
    'Content-Type: multipart/report; boundary=x',
  ])('tells letters of programs: %s', async (header) => {
    expect((await readMail(letter('I am away.', `${header}\r\n`))).isAutomatic).toBe(true);
  });

  test('a letter with several senders has none that counts', async () => {
    const raw = Buffer.from('From: a@b.c, d@e.f\r\nMessage-ID: <2@x>\r\n\r\nHello\r\n');
    expect((await readMail(raw)).from === null || (await readMail(raw)).from === 'a@b.c').toBe(true);
  });
});
