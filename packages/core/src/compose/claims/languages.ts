import type { ClaimLanguage } from './claim-pattern.ts';
import { ENGLISH } from './english.ts';
import { GERMAN } from './german.ts';

/** By ISO 639-1 code. All of them are looked for in every message: people mix languages. */
export const CLAIM_LANGUAGES: Readonly<Record<string, ClaimLanguage>> = {
  en: ENGLISH,
  de: GERMAN,
};
