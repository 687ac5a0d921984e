import type { HeaderField } from '../authentication.ts';
import type { ToldRecipient } from './read-free-text.ts';
import type { ReportText } from './report-text.ts';
import { fieldOf } from './split-mime-parts.ts';

const MAX_RECIPIENTS = 100;
const MAX_WORDS = 4_000;
const MAX_LINES = 300;
const MAX_FIELD = 2_000;
const ADDRESS = /[^\s<>"'(),;:|[\]=]{1,200}@[^\s<>"'(),;:|[\]=]{1,200}/;
const ADDRESSES = new RegExp(ADDRESS, 'g');

/** Addresses that a report names so that somebody may write there. */
const CONTACT =
  /^(?:[\w.-]{0,20}(?:mailer-?daemon|post-?master|abuse|support|help-?desk|hostmaster|webmaster|administrator|no-?reply|nobody|spam)|help|admin|noc|root|info)@/i;
/** Lines of a header, and lines that say whom to ask. */
const ASIDE =
  /^\s*(?:From|Subject|Date|Sent|Message-Id|Cc|Received|Return-Path|Reply-To|MAIL FROM|Arrival-Date)\s?:|^\s*MAIL FROM:|\b(?:contact|please (?:send|write|reply)|mailto:)\b/i;
/** What is said of an address that was not reached, the plain before what may be said of any. */
const SAID: readonly RegExp[] = [
  /fail|undeliver|(?:\bnot|n.t) (?:\w{1,12} ){0,2}(?:deliver|reach|sen[dt]|exist|accept|found|valid|match)|unable|reject|refus|unknown|invalid|\bfull\b|quota|\berror-for\b|intended recipient|unzustellbar|nicht|无法|失败/i,
  /recipient|address|returned|\berror\b|destinat|empf.nger|宛先/i,
];

/** How the recipients of a report are found that no program's form shows. */
export type OtherRecipients = (
  fields: readonly HeaderField[],
  report: ReportText,
  before: string,
) => readonly ToldRecipient[];

/** X-Failed-Recipients, which Exim and Gmail write. */
export const failedRecipients: OtherRecipients = (fields, report, before) => {
  const addresses = fieldOf(fields, 'x-failed-recipients')
    .split(',')
    .slice(0, MAX_RECIPIENTS)
    .flatMap((text) => ADDRESS.exec(text.slice(0, MAX_FIELD))?.[0] ?? []);
  // Of one alone all of it speaks, also what stands below its name.
  const words = addresses.length === 1 ? allWords(report) : before || allWords(report);
  return addresses.map((address) => ({ address, words }));
};

/** Addresses in a sentence about a failure; if there is none, about an address. */
export function mentionedRecipients(isOwn: (address: string) => boolean): OtherRecipients {
  return (_fields, report) => {
    for (const said of SAID) {
      const found = findMentioned(report.lines.slice(0, MAX_LINES), said, isOwn);
      const isOnly = found.length === 1;
      if (found.length > 0) {
        return found.map(({ address, words }) => ({
          address,
          words: isOnly ? allWords(report) : words,
        }));
      }
    }
    return [];
  };
}

function findMentioned(
  lines: readonly string[],
  said: RegExp,
  isOwn: (address: string) => boolean,
): readonly Required<ToldRecipient>[] {
  const found = new Map<string, string>();
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1]?.trim() || (lines[index - 2] ?? '').trim();
    const sentence = before.endsWith(':') ? `${before} ${line}` : line;
    if (ASIDE.test(line) || !said.test(sentence.slice(0, 2_000))) continue;
    for (const [match] of line.slice(0, 1_000).matchAll(ADDRESSES)) {
      const address = match.replace(/[.>]+$/, '');
      if (!/^[^@]+@[^@]+$/.test(address) || isOwn(address) || CONTACT.test(address)) continue;
      if (found.size === MAX_RECIPIENTS) break;
      const after = lines.slice(index, index + 4).join(' ');
      if (!found.has(address)) found.set(address, after.slice(0, MAX_WORDS));
    }
  }
  return [...found].map(([address, words]) => ({ address, words }));
}

/** Whom the returned message was for. */
export const returnedTo: OtherRecipients = (_fields, report, before) => {
  const to = fieldOf(report.original, 'x-original-to') || fieldOf(report.original, 'to');
  const address = ADDRESS.exec(to.slice(0, MAX_FIELD))?.[0];
  return address === undefined ? [] : [{ address, words: before || allWords(report) }];
};

/** All that a report says. */
export function allWords({ lines }: ReportText): string {
  return lines
    .filter((line) => line.trim() !== '')
    .slice(0, 60)
    .join(' ')
    .slice(0, MAX_WORDS);
}
