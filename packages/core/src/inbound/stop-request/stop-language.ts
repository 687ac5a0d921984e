/**
 * How people of one language ask to get no more mail. Sources of regular expressions, matched
 * against text in lower case, Latin letters without accents.
 */
export interface StopLanguage {
  readonly name: string;
  /** What may stand before the request in its sentence: greetings, courtesies, "no thanks". */
  readonly open: readonly string[];
  /** The same, asking: only these make a sentence with a question mark a request. */
  readonly ask: readonly string[];
  /** The request, complete with its object. */
  readonly core: readonly string[];
  /** What may stand behind it: courtesies and reasons, never another object. */
  readonly tail: readonly string[];
  /** Words that say it only when they are all that somebody wrote. */
  readonly bare: readonly string[];
  /** Words that may mean it; a person reads the mail. */
  readonly hint: readonly string[];
  /** Beginnings of sentences that stand below newsletters. */
  readonly footer?: readonly string[];
  /** Without spaces between words: the request ends its sentence. */
  readonly unspaced?: true;
}
