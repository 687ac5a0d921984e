import type { Dialect } from '../dialect.ts';

const ADDRESS = '[^\\s<>"(),;:|]{1,200}@[^\\s<>"(),;:|\\]]{1,200}';
const line = (pattern: string): RegExp => new RegExp(pattern.replaceAll('ADDRESS', ADDRESS), 'i');

/** How an unknown program may put it: every form that the known ones use. */
export const ANY_PROGRAM: Dialect = {
  name: 'any',
  source: 'the forms of all others together',
  signs: {},
  recipients: [
    line('^\\s*<(ADDRESS)>\\s?[:.]{0,3}\\s*(.*)$'),
    line('^>>> RCPT TO:\\s?<(ADDRESS)>(.*)$'),
    line(
      '^\\W{0,16}(?:(?:failed |original |intended |final )?recipients?(?: address)?(?:\\(s\\))?|rcpt to|addressed to|address|e-?mail(?: address)?|could not be delivered to|unable to deliver (?:\\S+ ){0,4}to|undeliverable to|not delivered to|delivery (?:has )?failed(?: for| to)?|failed to deliver(?: to)?|delivery to|mail to|message to|destinataire|empf.nger|destinatario|destinat.rio|ontvanger|odbiorca|mottagare|modtager|p.{1,2}jemce|c.mzett|al.c.|получатель|адресат|宛先|送信先|收件人|收件地址|收件者|받는 사람|수신자)(?: the following (?:address|recipient)s?)?\\s*:?\\s*<?(ADDRESS)>?[.:]?(.*)$',
    ),
    line('^\\s{0,12}(?:[*•-]{1,2}\\s{1,3})?[<"\']?(ADDRESS)[>"\']?:?\\s*$'),
    line('^\\s{0,8}(ADDRESS)(?::| -| \\[)\\s*(.+)$'),
    // Exchange: the address once more, in parentheses or as a link.
    line('^\\s{0,8}(ADDRESS) ?(?:\\(ADDRESS\\)|<mailto:ADDRESS>)()\\s*$'),
    line('^[^@<>()]{0,80}\\((ADDRESS)\\)(?:<mailto:ADDRESS>)?()\\s*$'),
    line('^(?:\\d{3}[ -])(?:\\d\\.\\d\\.\\d )?<(ADDRESS)>(?:\\.{3}|:)?\\s*(.*)$'),
  ],
  ignore: /^\s*(?:From|Subject|Date|Sent|Message-Id|Cc|Received|Return-Path|Reply-To):/i,
};
