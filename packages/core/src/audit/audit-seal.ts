/** What a seal signs: the entries `first … first + count − 1`, and the seal before it. */
export interface AuditSeal {
  readonly version: 1;
  readonly tenant: string;
  /** Counts from 0. */
  readonly number: number;
  readonly first: number;
  readonly count: number;
  /** Merkle tree hash of the entries, hex. */
  readonly root: string;
  /** Head of the seal before; zeros for the first. */
  readonly previous: string;
  /** Epoch ms. */
  readonly at: number;
  readonly keyId: string;
  /** Ed25519, base64url. */
  readonly publicKey: string;
}

/** The end of the chain after a seal: what an application anchors elsewhere. */
export interface AuditHead {
  /** Number of the seal; counts from 0. */
  readonly number: number;
  /** SHA-256 over the seal, hex; it covers every seal and entry before it. */
  readonly head: string;
  /** Entries up to here. */
  readonly entries: number;
  /** Epoch ms. */
  readonly at: number;
}

/** `previous` of the first seal. */
export const NO_SEAL = '0'.repeat(64);
