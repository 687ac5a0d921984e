/** Properties of a calendar (RFC 5545 §3.8) that a reader needs, and what they are called here. */
const LABELS: ReadonlyMap<string, string> = new Map([
  ['SUMMARY', 'Summary'],
  ['DTSTART', 'Start'],
  ['DTEND', 'End'],
  ['DUE', 'Due'],
  ['DURATION', 'Duration'],
  ['RRULE', 'Repeats'],
  ['RECURRENCE-ID', 'Instead of'],
  ['LOCATION', 'Location'],
  ['STATUS', 'Status'],
  ['ORGANIZER', 'Organizer'],
  ['ATTENDEE', 'Attendee'],
  ['URL', 'Link'],
  ['UID', 'UID'],
  ['DESCRIPTION', 'Description'],
]);
const COMPONENTS: ReadonlyMap<string, string> = new Map([
  ['VEVENT', 'Event'],
  ['VTODO', 'Task'],
  ['VJOURNAL', 'Note'],
  ['VFREEBUSY', 'Free or busy'],
]);
/** Units of one property. */
const MAX_VALUE = 20_000;

/** A calendar as lines a person can read; at most `limit` units, and a line more. */
export function icsToText(ics: string, limit: number): string {
  const lines: string[] = [];
  const within: string[] = [];
  let length = 0;
  for (const raw of unfold(ics)) {
    const line = toLine(raw, within);
    if (line === undefined) continue;
    lines.push(line);
    length += line.length + 1;
    if (length > limit) break;
  }
  return lines.join('\n').trim();
}

/** A line that begins with a space goes on with the one before (§3.1). */
function unfold(ics: string): readonly string[] {
  return ics
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]/g, '')
    .split('\n');
}

interface Property {
  readonly name: string;
  readonly params: string;
  readonly value: string;
}

/** `within` holds the components that are open, and is kept. */
function toLine(raw: string, within: string[]): string | undefined {
  const property = readProperty(raw);
  if (property === undefined) return undefined;
  const { name, params, value } = property;
  const component = value.trim().toUpperCase();
  if (name === 'BEGIN') {
    if (within.length < 20) within.push(component);
    const label = COMPONENTS.get(component);
    return label === undefined ? undefined : `\n${label}`;
  }
  if (name === 'END') {
    if (within.at(-1) === component) within.pop();
    return undefined;
  }
  const inside = within.at(-1) ?? '';
  if (name === 'METHOD' && inside === 'VCALENDAR') return `Method: ${clean(value)}`;
  const label = LABELS.get(name);
  if (label === undefined || !COMPONENTS.has(inside)) return undefined;
  return `${label}: ${name === 'ORGANIZER' || name === 'ATTENDEE' ? toPerson(value, params) : toValue(name, value, params)}`;
}

/** `NAME;PARAM="a:b":value`; a colon within quotes ends nothing. */
function readProperty(raw: string): Property | undefined {
  const line = raw.slice(0, MAX_VALUE);
  const [, name] = /^([A-Za-z][A-Za-z0-9-]{0,60})(?=[;:])/.exec(line) ?? [];
  if (name === undefined) return undefined;
  let quoted = false;
  for (let at = name.length; at < line.length; at += 1) {
    if (line[at] === '"') quoted = !quoted;
    if (line[at] !== ':' || quoted) continue;
    const params = line.slice(name.length, at);
    return { name: name.toUpperCase(), params, value: line.slice(at + 1) };
  }
  return undefined;
}

function toPerson(value: string, params: string): string {
  const address = clean(value.replace(/^mailto:/i, ''));
  const name = findParam(params, 'CN');
  const answer = findParam(params, 'PARTSTAT')?.toLowerCase();
  const person = name === undefined || name === address ? address : `${name} <${address}>`;
  return answer === undefined ? person : `${person} (${answer})`;
}

const TIMES: ReadonlySet<string> = new Set(['DTSTART', 'DTEND', 'DUE', 'RECURRENCE-ID']);

function toValue(name: string, value: string, params: string): string {
  if (!TIMES.has(name)) return clean(value);
  const [, year, month, day, hour, minute, , zulu] =
    /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/.exec(value.trim()) ?? [];
  if (year === undefined) return clean(value);
  const date = `${year}-${month}-${day}`;
  if (hour === undefined) return date;
  const zone = zulu === 'Z' ? 'UTC' : (findParam(params, 'TZID') ?? 'local time');
  return `${date} ${hour}:${minute} ${zone}`;
}

function findParam(params: string, name: string): string | undefined {
  const found = new RegExp(`;${name}=(?:"([^"]{0,200})"|([^;:"]{0,200}))`, 'i').exec(params);
  const value = clean(found?.[1] ?? found?.[2] ?? '');
  return value === '' ? undefined : value;
}

/** Escapes of §3.3.11; a line break within a value is shown as one. */
function clean(value: string): string {
  return value
    .replace(/\\([nN,;\\])/g, (_, sign: string) => (sign.toLowerCase() === 'n' ? '\n  ' : sign))
    .toWellFormed()
    .trim();
}
