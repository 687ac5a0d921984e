import { domainOf, parseAddress } from '../identity/address.ts';
import type { Rate } from './gcra.ts';
import type { ResolveMx, ScopeLimits, SendLimit, ThrottleOptions } from './throttle-options.ts';

/** What is limited by itself. */
export type ThrottleScope = 'mailbox' | 'domain' | 'provider';

/** A limit with its defaults. */
export interface Limit {
  readonly rate: Rate | undefined;
  readonly atOnce: number;
}

/** Throttles as they were resolved. */
export interface ThrottleSettings {
  /** The limit of one mailbox, domain or provider; `undefined`: none. */
  readonly limitOf: (scope: ThrottleScope, name: string) => Limit | undefined;
  readonly resolveMx: ResolveMx | undefined;
}

/** Fills in the defaults. */
export function resolveThrottle(options: ThrottleOptions = {}): ThrottleSettings {
  const { mailbox = {}, domain = {}, provider = {}, resolveMx } = options;
  const limits: Readonly<Record<ThrottleScope, ResolvedScope>> = {
    mailbox: resolveScope(mailbox, (name) => name.toLowerCase()),
    domain: resolveScope(domain, (name) => domainOf(parseAddress(`a@${name}`))),
    provider: resolveScope({ each: PROVIDER, ...provider }, (name) => name.toLowerCase()),
  };
  return {
    limitOf: (scope, name) => limits[scope].only.get(name) ?? limits[scope].each,
    resolveMx,
  };
}

/** What KumoMTA's shaping starts with for any site; providers publish no figure of their own. */
const PROVIDER: SendLimit = { max: 100, per: 1_000 };

interface ResolvedScope {
  readonly each: Limit | undefined;
  readonly only: ReadonlyMap<string, Limit>;
}

function resolveScope(
  { each = {}, only = {} }: ScopeLimits,
  toName: (name: string) => string,
): ResolvedScope {
  const named = Object.entries(only).map(
    ([name, limit]) => [toName(name), toLimit(limit)] as const,
  );
  const general = toLimit(each);
  const limited = general.rate !== undefined || Number.isFinite(general.atOnce);
  return { each: limited ? general : undefined, only: new Map(named) };
}

function toLimit({ max, per = 1_000, burst, atOnce = Number.POSITIVE_INFINITY }: SendLimit): Limit {
  if (max === undefined) return { rate: undefined, atOnce };
  const inTwoSeconds = Math.max(1, Math.floor((max * 2_000) / per));
  return { rate: { interval: (per * 1_000) / max, burst: burst ?? inTwoSeconds }, atOnce };
}
