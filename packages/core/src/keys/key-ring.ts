import type { Address } from '../identity/address.ts';

/** How one person is known without their address (architecture.md §9). */
export interface RecipientIdentity {
  /** HMAC of the address as written, domain lower-cased, under the first key: hex. */
  readonly exact: string;
  /** HMAC of the address without `+tag` and provider dots, under the first key: hex. */
  readonly canonical: string;
  /** The same under every key, for look-ups. */
  readonly allExact: readonly string[];
  readonly allCanonical: readonly string[];
  /** HMACs under every key of the domain and of each domain above it, for look-ups. */
  readonly allDomains: readonly string[];
  readonly keyId: string;
  /** Version of the canonicalisation. */
  readonly canonicalisation: number;
}

/** What a token is for: one made for something else is none. */
export type TokenPurpose = 'unsubscribe' | 'cursor' | 'opt_in' | 'message' | 'return_path';

/** Everything that needs a secret; HKDF subkeys per purpose (RFC 5869). */
export interface KeyRing {
  identify(address: Address): RecipientIdentity;
  /** How a whole domain is known; the first is under the first key. */
  identifyDomain(domain: string): readonly [string, ...string[]];
  /** What a text is replaced by where only equality matters; the first is under the first key. */
  toPseudonyms(text: string): readonly [string, ...string[]];
  /**
   * A token that names `id` (a uuid) and nothing else; base64url, does not expire. For `return_path`
   * it fits a local part: 40 letters and digits, which may change their case.
   */
  createToken(purpose: TokenPurpose, id: string): string;
  /** The id, when the token was made for this purpose by any of the keys. */
  readToken(purpose: TokenPurpose, token: string): string | undefined;
  /** Signs audit seals: Ed25519 under the first key. */
  readonly sealing: SealingKey;
  /** One line per key; compared with the database at start. Not secret. */
  readonly fingerprints: readonly { readonly keyId: string; readonly fingerprint: string }[];
}

/** An Ed25519 key (RFC 8032), the same for as long as the secret is. */
export interface SealingKey {
  readonly keyId: string;
  /** 32 bytes, base64url; not secret. */
  readonly publicKey: string;
  /** The signature, base64url. */
  sign(bytes: Buffer): string;
}
