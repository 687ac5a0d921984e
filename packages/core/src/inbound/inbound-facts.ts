import type { DmarcResult } from './authentication.ts';

/** What is kept about how a message came in; the loop guard and the conversational rule ask. */
export interface InboundFacts {
  /** DMARC passed, by the word of the operator's own server. */
  readonly authenticated: boolean;
  readonly dmarc: DmarcResult;
  /** Why it must not be answered automatically; empty for a person's mail. */
  readonly loopSigns: readonly string[];
  /** A delivery report came back; what it says is not acted on yet. */
  readonly isBounce: boolean;
  /** SHA-256 of the bytes as received, hex, and how many there were. */
  readonly rawSha256: string;
  readonly rawSize: number;
  /** What was wrong with the message, as codes. */
  readonly defects: readonly string[];
  /** The Date field, epoch ms: what the sender claims. */
  readonly date?: number;
}

/** Facts as they are stored. */
export function serializeInboundFacts(facts: InboundFacts): string {
  return JSON.stringify(facts);
}

/** Stored facts. What cannot be read counts as unauthenticated mail that must not be answered. */
export function parseInboundFacts(json: string | null): InboundFacts {
  const facts = parseObject(json);
  const signs = toTextList(facts?.loopSigns);
  return {
    authenticated: facts?.authenticated === true,
    dmarc: facts?.dmarc === 'pass' ? 'pass' : facts?.dmarc === 'fail' ? 'fail' : 'none',
    loopSigns: signs ?? ['facts_unreadable'],
    isBounce: facts?.isBounce === true,
    rawSha256: String(facts?.rawSha256 ?? ''),
    rawSize: Number(facts?.rawSize ?? 0),
    defects: toTextList(facts?.defects) ?? [],
    ...(typeof facts?.date === 'number' ? { date: facts.date } : {}),
  };
}

type Stored = Partial<Record<keyof InboundFacts, unknown>>;

function parseObject(json: string | null): Stored | undefined {
  try {
    const value: unknown = JSON.parse(json ?? 'null');
    return typeof value === 'object' && value !== null ? (value as Stored) : undefined;
  } catch {
    return undefined;
  }
}

function toTextList(value: unknown): string[] | undefined {
  return Array.isArray(value) ? value.map((item) => String(item)) : undefined;
}
