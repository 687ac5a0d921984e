import type { Address } from '../../identity/address.ts';
import { escapeMarkdown } from '../../templates/escape-markdown.ts';
import { OFFER_WORDS } from './claim-words.ts';

const GREETING =
  /^[ \t]*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|hallo|guten (?:tag|morgen|abend)|liebe[rs]?|sehr geehrter? (?:herr|frau)|moin|servus|bonjour|ch[eè]re?|hola|estimad[oa]|ciao|gentile|olá|car[oa])[ \t]+((?:\p{Lu}[\p{L}\p{M}'’-]{0,29}[ \t]?){1,3}?)(?=[ \t]*(?:[,!:]|$))/iu;
const STARTS_UPPER = /^\p{Lu}/u;

/** Longest value of a variable that can be a name, characters and words. */
const MAX_VALUE = 40;
const MAX_WORDS = 4;
const NAME = /^\p{L}[\p{L}\p{M}'’ .-]*$/u;

/** The part of a message in which its recipient is named. */
export interface NamedContent {
  readonly body: string;
  readonly recipients: readonly Address[];
  readonly variables: Readonly<Record<string, string>>;
}

/** Words that stand for the recipient. */
export interface FoundNames {
  readonly anywhere: readonly string[];
  /** In the line that greets, and nowhere else: who writes "Hi Not," chooses what is no word. */
  readonly inGreeting: readonly string[];
}

/**
 * Words that stand for the recipient: from the address and variables of a template that can be a
 * name, and those that the first line greets. Short letters only: what could carry a claim, a number
 * or a link is none.
 */
export function findNames({ body, recipients, variables }: NamedContent): FoundNames {
  const values = Object.values(variables).filter((value) => isName(value));
  return {
    anywhere: [...values, ...values.map(escapeMarkdown), ...locals(recipients)],
    inGreeting: greeted(body),
  };
}

function greeted(body: string): readonly string[] {
  const [first = ''] = body
    .normalize('NFC')
    .trimStart()
    .split(/\r\n?|\n/, 1);
  const name = GREETING.exec(first)?.[1]?.trim() ?? '';
  const words = name.split(/\s+/);
  return isName(name) && words.every((word) => STARTS_UPPER.test(word)) ? [name, ...words] : [];
}

/** `ana.silva@example.com` is greeted as Ana. */
function locals(recipients: readonly Address[]): readonly string[] {
  return recipients
    .flatMap((address) => address.slice(0, address.lastIndexOf('@')).split(/[._+-]/))
    .filter((part) => part.length > 2 && isName(part))
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1).toLowerCase());
}

function isName(value: string): boolean {
  const words = value.trim().split(/\s+/);
  if (value.length > MAX_VALUE || words.length > MAX_WORDS || !NAME.test(value)) return false;
  // A dot inside of a word makes a domain of it.
  return !/\p{L}\.\p{L}/u.test(value) && !OFFER_WORDS.test(value);
}
