import { MailwardenError } from '../errors/mailwarden-error.ts';
import { type Address, domainOf } from '../identity/address.ts';
import type { KeyOptions } from '../options.ts';
import { RecentMap } from '../recent-map.ts';
import { CANONICALISATION_VERSION, toCanonicalAddress } from './canonical-address.ts';
import { createCompactToken, readCompactToken } from './compact-token.ts';
import { createHmacFunction, type Hmac } from './create-hmac-function.ts';
import { createSealingKey } from './create-sealing-key.ts';
import { deriveSubkey, type SubkeyPurpose } from './derive-subkey.ts';
import type { KeyRing, RecipientIdentity, SealingKey } from './key-ring.ts';
import { createToken, readToken, type TokenKey } from './token.ts';

const MIN_SECRET_LENGTH = 32;
const KEY_ID = /^[A-Za-z0-9_.-]{1,64}$/;

/** The subkeys of one secret. */
interface Key {
  readonly id: string;
  readonly suppression: Hmac;
  readonly unsubscribe: TokenKey;
  readonly cursor: TokenKey;
  readonly opt_in: TokenKey;
  readonly message: TokenKey;
  readonly returnPath: Hmac;
  readonly sealing: SealingKey;
  readonly fingerprint: string;
}

/**
 * Derives every subkey once. The first key makes new HMACs and tokens, all of them are searched; to
 * rotate, add the new key last on every process first, and move it to the front afterwards.
 * Throws `KEYS_REQUIRED` for a missing secret or one below 32 characters, and `OPTION_INVALID` for
 * an unusable or repeated id and for a repeated secret.
 */
export function createKeyRing(options: readonly KeyOptions[], tenant: string): KeyRing {
  const keys = checkKeys(options).map(({ id, secret }) => createKey(id, secret, tenant));
  const [first] = keys;
  if (first === undefined) throw new MailwardenError('KEYS_REQUIRED');
  const tokenKeys = {
    unsubscribe: keys.map((key) => key.unsubscribe),
    cursor: keys.map((key) => key.cursor),
    opt_in: keys.map((key) => key.opt_in),
    message: keys.map((key) => key.message),
  };
  const returnPaths = keys.map((key) => key.returnPath);
  const all: Keys = [first, ...keys.slice(1)];
  const identifyDomain = remember((domain: string) => hmacs(all, 'domain', domain));
  return {
    identify: remember((address: Address) => identify(all, identifyDomain, address)),
    identifyDomain,
    toPseudonyms: (text) => hmacs(all, 'text', text),
    createToken: (purpose, id) =>
      purpose === 'return_path'
        ? createCompactToken(first.returnPath, purpose, id)
        : createToken(first[purpose], purpose, id),
    readToken: (purpose, token) =>
      purpose === 'return_path'
        ? readCompactToken(returnPaths, purpose, token)
        : readToken(tokenKeys[purpose], purpose, token),
    sealing: first.sealing,
    fingerprints: keys.map(({ id, fingerprint }) => ({ keyId: id, fingerprint })),
  };
}

/** At least one; the first makes what is new. */
type Keys = readonly [Key, ...Key[]];

/**
 * People, and domains, remembered in memory at once: a send asks about each of its recipients several
 * times, and many have one domain.
 */
const REMEMBERED = 2_000;

function remember<T extends string, R>(make: (text: T) => R): (text: T) => R {
  const known = new RecentMap<T, R>(REMEMBERED);
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const made = Object.freeze(make(text));
    known.set(text, made);
    return made;
  };
}

function checkKeys(options: readonly KeyOptions[]): { id: string; secret: string }[] {
  const secrets = new Map<string, string>();
  return options.map(({ id, secret }) => {
    if (typeof id !== 'string' || !KEY_ID.test(id)) {
      throw invalid(`keys[].id is 1–64 characters of A–Z a–z 0–9 _ . -, not ${shown(id)}.`);
    }
    if (typeof secret !== 'string' || secret.length < MIN_SECRET_LENGTH) {
      const length = typeof secret === 'string' ? `${secret.length} characters` : 'no secret';
      throw new MailwardenError('KEYS_REQUIRED', {
        detail: `Key "${id}" has ${length}.`,
        fields: { keyId: id },
      });
    }
    if (secrets.has(id)) throw invalid(`keys has the id "${id}" twice.`);
    const twin = [...secrets].find(([, other]) => other === secret);
    if (twin !== undefined) throw invalid(`keys "${twin[0]}" and "${id}" have the same secret.`);
    secrets.set(id, secret);
    return { id, secret };
  });
}

function createKey(id: string, secret: string, tenant: string): Key {
  const hmacFor = (use: SubkeyPurpose) => createHmacFunction(deriveSubkey(secret, tenant, use));
  const fingerprint = hmacFor('fingerprint')('mailwarden fingerprint 1');
  const hint = fingerprint.readUInt8(0);
  return {
    id,
    suppression: hmacFor('suppression'),
    unsubscribe: { hmac: hmacFor('tokens'), hint },
    cursor: { hmac: hmacFor('cursors'), hint },
    opt_in: { hmac: hmacFor('opt-ins'), hint },
    message: { hmac: hmacFor('messages'), hint },
    returnPath: hmacFor('return-paths'),
    sealing: createSealingKey(id, deriveSubkey(secret, tenant, 'seals')),
    fingerprint: fingerprint.toString('hex', 0, 16),
  };
}

function identify(
  keys: Keys,
  identifyDomain: (domain: string) => readonly string[],
  address: Address,
): RecipientIdentity {
  const allExact = hmacs(keys, 'exact', address);
  const allCanonical = hmacs(keys, 'canonical', toCanonicalAddress(address));
  return {
    exact: allExact[0],
    canonical: allCanonical[0],
    allExact,
    allCanonical,
    allDomains: withParents(domainOf(address)).flatMap(identifyDomain),
    keyId: keys[0].id,
    canonicalisation: CANONICALISATION_VERSION,
  };
}

/** `a.b.example` as itself and `b.example`; a top-level domain alone is nobody's. */
function withParents(domain: string): readonly string[] {
  const labels = domain.split('.');
  return labels.slice(0, -1).map((_, at) => labels.slice(at).join('.'));
}

/** Under every key. The kind goes in, so that an exact HMAC never equals a canonical one. */
function hmacs(
  [first, ...others]: Keys,
  kind: 'exact' | 'canonical' | 'domain' | 'text',
  text: string,
): readonly [string, ...string[]] {
  const hmac = ({ suppression }: Key): string => suppression(`${kind}\0${text}`).toString('hex');
  return [hmac(first), ...others.map(hmac)];
}

function invalid(detail: string): MailwardenError {
  return new MailwardenError('OPTION_INVALID', { detail });
}

function shown(value: unknown): string {
  return JSON.stringify(String(value).slice(0, 80));
}
