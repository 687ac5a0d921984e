import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { MailwardenOptions } from '../options.ts';
import { CATEGORIES } from '../policy/modes.ts';
import { DEFAULT_CAPS, type FrequencyCap } from './frequency-cap.ts';
import { isTimeZone } from './is-time-zone.ts';
import type { QuietHours } from './quiet-hours.ts';

/** What the operator decided about how much mail people get, and when. */
export interface FrequencySettings {
  readonly caps: readonly FrequencyCap[];
  readonly quietHours: QuietHours | undefined;
  /** Topic id to the name that people are shown. */
  readonly topics: Readonly<Record<string, string>>;
}

const CAP: readonly (keyof FrequencyCap)[] = [
  'max',
  'per',
  'category',
  'topic',
  'campaign',
  'each',
  'acrossSenders',
];
const QUIET: readonly (keyof QuietHours)[] = ['from', 'to', 'categories'];
const HOUR = 3_600_000;
const LONGEST = 400 * 24 * HOUR;
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/** Throws `OPTION_INVALID` or `OPTION_UNKNOWN`. */
export function resolveFrequency(options: MailwardenOptions): FrequencySettings {
  const { frequencyCaps = DEFAULT_CAPS, quietHours, topics = {} } = options;
  if (!Array.isArray(frequencyCaps)) throw invalid('frequencyCaps has to be a list of caps.');
  for (const cap of frequencyCaps as readonly FrequencyCap[]) checkCap(cap);
  if (quietHours !== undefined) checkQuietHours(quietHours, options);
  for (const [id, title] of Object.entries(topics)) {
    if (!isTopic(id) || typeof title !== 'string' || title.trim() === '') {
      throw invalid('topics goes from a topic id of a–z 0–9 _ . - to the name that people see.');
    }
  }
  return { caps: frequencyCaps, quietHours, topics };
}

/** The zone of a mailbox: its own, else its sender's. Throws `OPTION_INVALID`. */
export function resolveTimeZone(
  address: string,
  zones: readonly (string | undefined)[],
): string | undefined {
  const timeZone = zones.find((zone) => zone !== undefined);
  if (timeZone === undefined || isTimeZone(timeZone)) return timeZone;
  throw invalid(
    `timeZone of ${address} has to be an IANA name such as "Europe/Berlin"; got ${JSON.stringify(timeZone)}.`,
  );
}

function checkCap(cap: FrequencyCap): void {
  refuseUnknown(cap, CAP, 'a frequency cap');
  if (!Number.isSafeInteger(cap.max) || cap.max < 1) {
    throw invalid(`max of a frequency cap has to be a whole number of at least 1; got ${cap.max}.`);
  }
  // A claim may be an hour old at most when its mail leaves; a shorter window could miss it.
  if (!Number.isFinite(cap.per) || cap.per < HOUR || cap.per > LONGEST) {
    throw invalid(`per of a frequency cap is 1 hour to 400 days in ms; got ${cap.per}.`);
  }
  if (cap.category !== undefined) checkCategory(cap.category);
  if (cap.topic !== undefined && !isTopic(cap.topic)) {
    throw invalid(`topic of a frequency cap is no topic: ${JSON.stringify(cap.topic)}.`);
  }
  if (cap.each !== undefined && cap.each !== 'topic' && cap.each !== 'campaign') {
    throw invalid('each of a frequency cap is "topic" or "campaign".');
  }
}

function checkQuietHours(quiet: QuietHours, { mailboxes, senders }: MailwardenOptions): void {
  refuseUnknown(quiet, QUIET, 'quietHours');
  const { from, to, categories = [] } = quiet;
  if (!TIME.test(from) || !TIME.test(to) || from === to) {
    throw invalid('quietHours needs from and to as two different times "HH:MM".');
  }
  for (const category of categories) checkCategory(category);
  for (const { address, timeZone, sender } of mailboxes) {
    const own = sender !== undefined && Object.hasOwn(senders ?? {}, sender);
    if (timeZone !== undefined || (own && senders?.[sender]?.timeZone !== undefined)) continue;
    throw invalid(`quietHours needs a timeZone of ${address} or of its sender.`);
  }
}

function checkCategory(category: string): void {
  if ((CATEGORIES as readonly string[]).includes(category)) return;
  throw invalid(`${JSON.stringify(category)} is no category; they are ${CATEGORIES.join(', ')}.`);
}

function isTopic(text: string): boolean {
  return /^[a-z0-9_.-]{1,64}$/.test(text);
}

function refuseUnknown(value: object, known: readonly string[], what: string): void {
  const unknown = Object.keys(value).filter((key) => !known.includes(key));
  if (unknown.length === 0) return;
  throw new MailwardenError('OPTION_UNKNOWN', {
    detail: `${what} has no ${unknown.join(', ')}; it has ${known.join(', ')}.`,
    fields: { unknown },
  });
}

function invalid(detail: string): MailwardenError {
  return new MailwardenError('OPTION_INVALID', { detail });
}
