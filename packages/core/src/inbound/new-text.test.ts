import { describe, expect, test } from 'vitest';
import { htmlToText } from './html-to-text.ts';
import { cutNewText } from './new-text.ts';

const OLD = ['> Hello,', '> shall we talk?'];

function cut(...lines: readonly string[]): string {
  return cutNewText(lines.join('\n'));
}

describe('the new text', () => {
  test.each([
    ['English', 'On Sat, Nov 21, 2026 at 9:00 AM Acme <a@acme.example> wrote:'],
    ['German', 'Am 21.11.2026 um 09:00 schrieb Acme <a@acme.example>:'],
    ['French', 'Le sam. 21 nov. 2026 à 09:00, Acme <a@acme.example> a écrit :'],
    ['Spanish', 'El sáb, 21 nov 2026 a las 9:00, Acme (<a@acme.example>) escribió:'],
    ['Italian', 'Il giorno sab 21 nov 2026 alle ore 09:00 Acme <a@acme.example> ha scritto:'],
    ['Portuguese', 'Em sáb., 21 de nov. de 2026 às 09:00, Acme <a@acme.example> escreveu:'],
    ['Dutch', 'Op za 21 nov 2026 om 09:00 schreef Acme <a@acme.example>:'],
    ['Polish', 'sob., 21 lis 2026 o 09:00 Acme <a@acme.example> napisał(a):'],
    ['Swedish', 'Den lör 21 nov. 2026 kl 09:00 skrev Acme <a@acme.example>:'],
    ['Russian', 'сб, 21 нояб. 2026 г. в 09:00, Acme <a@acme.example>:'],
    ['Japanese', '2026年11月21日(土) 9:00 Acme <a@acme.example>:'],
    ['Chinese', 'Acme <a@acme.example> 于2026年11月21日周六 09:00写道：'],
  ])('ends before a %s attribution', (_, attribution) => {
    expect(cut('Yes, gladly.', '', attribution, ...OLD)).toBe('Yes, gladly.');
  });

  test('ends before an attribution that is broken over lines', () => {
    const attribution = [
      'On Sat, Nov 21, 2026 at 9:00 AM Lifecycle Team at Acme',
      '<a@acme.example> wrote:',
    ];
    expect(cut('Yes.', '', ...attribution, '', ...OLD)).toBe('Yes.');
  });

  test('keeps answers between quoted lines', () => {
    const reply = [
      'On Mon, Nov 23 Ana <a@example.com> wrote:',
      '> one?',
      'First.',
      '> two?',
      '',
      'Second.',
    ];
    expect(cut(...reply)).toBe('First.\n\nSecond.');
  });

  test('follows the quote when it stands below', () => {
    expect(cut(...OLD, '', 'Bottom answer.', '-- ', 'Ana')).toBe('Bottom answer.');
  });

  test('ends before the block of Outlook', () => {
    const block = [
      'From: Acme <a@acme.example>',
      'Sent: Saturday',
      'To: Ana',
      'Subject: Hi',
      '',
      'old',
    ];
    expect(cut('Thanks!', '', '________________________________', ...block)).toBe('Thanks!');
    const german = ['Von: Acme', 'Gesendet: Samstag', 'An: Ana', 'Betreff: Hi', '', 'alt'];
    expect(cut('Danke!', '', ...german)).toBe('Danke!');
    expect(cut('Ok', '-----Original Message-----', 'old')).toBe('Ok');
  });

  test('has no signature and no line of the program', () => {
    expect(cut('Sure.', '', '-- ', 'Ana Müller', 'Head of Pumps')).toBe('Sure.');
    expect(cut('Sure.', '', 'Sent from my iPhone')).toBe('Sure.');
    expect(cut('Gern.', 'Von meinem iPhone gesendet')).toBe('Gern.');
  });

  test('keeps sentences that only look like a quote', () => {
    const text = 'On Monday the boss wrote:\nplease send the invoice.';
    expect(cutNewText('Dear all,\nFrom: Berlin we travel on.\nBye')).toContain('From: Berlin');
    expect(cutNewText('I read what you wrote: it is fine.')).toBe(
      'I read what you wrote: it is fine.',
    );
    expect(cutNewText(text).length).toBeGreaterThan(0);
  });

  test('of a bare forward is the forward', () => {
    const forward = ['-----Original Message-----', 'From: a@example.com', 'the news'];
    expect(cut(...forward)).toContain('the news');
  });

  test.each([
    ['colons', 'On a wrote: '.repeat(100_000)],
    ['brackets', `${'<'.repeat(300_000)}@>:`],
    ['lines', 'On 1\n'.repeat(200_000)],
    ['quotes', '>'.repeat(500_000)],
    ['spaces', `From:${' '.repeat(400_000)}x`],
    ['header starts', 'From: a\n'.repeat(100_000)],
    ['open tags', '<'.repeat(500_000)],
    ['open comments', '<!--'.repeat(200_000)],
    ['open scripts', '<script></'.repeat(100_000)],
    ['open quotes', '<blockquote>'.repeat(100_000)],
  ])('of half a megabyte of %s comes back', (_, text) => {
    expect(cutNewText(htmlToText(text)).length).toBeLessThanOrEqual(3_000_000);
    expect(cutNewText(text).length).toBeLessThanOrEqual(text.length);
  });
});
