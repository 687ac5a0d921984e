/** How closely people look at what an agent sends (architecture.md §5). */
export type OversightMode = 'read_only' | 'gated_all' | 'gated_send' | 'monitored' | 'autonomous';

/** What kind of mail it is; the law asks first of all for this. */
export type Category = (typeof CATEGORIES)[number];

/** Every category, the one with the strictest rules first. */
export const CATEGORIES = ['marketing', 'transactional', 'conversational'] as const;

/** A mailbox's mode, and exceptions per category. */
export interface Oversight {
  readonly default: OversightMode;
  readonly marketing?: OversightMode;
  readonly transactional?: OversightMode;
  readonly conversational?: OversightMode;
}

/** Strictest first. */
export const OVERSIGHT_MODES: readonly OversightMode[] = [
  'read_only',
  'gated_all',
  'gated_send',
  'monitored',
  'autonomous',
];

/** True when text names a mode. */
export function isOversightMode(text: string): text is OversightMode {
  return (OVERSIGHT_MODES as readonly string[]).includes(text);
}

/** The strictest of the given modes: what is unknown counts as `read_only`. */
export function strictestMode(
  first: OversightMode,
  ...rest: readonly (OversightMode | undefined)[]
): OversightMode {
  return rest.reduce<OversightMode>((strictest, mode) => {
    if (mode === undefined) return strictest;
    return OVERSIGHT_MODES.indexOf(mode) < OVERSIGHT_MODES.indexOf(strictest) ? mode : strictest;
  }, first);
}
