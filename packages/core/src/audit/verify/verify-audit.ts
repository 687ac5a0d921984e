import { hashSeal } from '../audit-hashes.ts';
import type { AuditFault, AuditReport } from './audit-report.ts';
import { type ChainLink, checkChain } from './check-chain.ts';
import { type AuditHeader, checkSeal, hasRoot } from './check-seal.ts';
import { compareEntries, type SealedGroup } from './compare-entries.ts';
import { type AuditLine, type EntryLine, parseLine, type SealLine } from './parse-line.ts';
import { type AuditExport, readLines } from './read-lines.ts';

export interface VerifyAuditOptions {
  /** A head that `onSeal` or `seal()` gave and that was kept elsewhere: hex. */
  readonly expectedHead?: string;
  /** Key id to Ed25519 public key (base64url), kept elsewhere: seals by any other key are faults. */
  readonly publicKeys?: Readonly<Record<string, string>>;
}

/**
 * Checks an exported audit by itself, without a database or a secret, and says which entry was
 * changed, removed, inserted or reordered. Memory does not grow with the entries that are right.
 *
 * What it can prove depends on what you bring. Nothing: no part was changed by somebody without the
 * signing key, though the end may have been cut off, and who holds no key at all may have written
 * everything anew with one of their own. `publicKeys`: it was sealed with these keys. `expectedHead`:
 * everything up to that head is there and is what it was.
 *
 * @example
 * ```ts
 * import { createReadStream } from 'node:fs';
 * import { verifyAudit } from '@mailwarden/core/audit';
 *
 * const head = process.env['ANCHORED_HEAD'] ?? '';
 * const report = await verifyAudit(createReadStream('audit.ndjson'), { expectedHead: head });
 * for (const fault of report.faults) console.log(fault.kind, fault.message);
 * ```
 */
export async function verifyAudit(
  given: AuditExport,
  { expectedHead, publicKeys }: VerifyAuditOptions = {},
): Promise<AuditReport> {
  const state = new Verification();
  for await (const text of readLines(given)) state.read(parseLine(text));
  const { links, erased } = state;
  const compared = compareEntries(state.finish());
  const faults = [
    ...state.faults,
    ...checkChain(links),
    ...compared.faults,
    ...checkKeys(state, publicKeys),
  ];
  const anchored = links.some(({ sound, head }) => sound && head === expectedHead);
  if (expectedHead !== undefined && !anchored) {
    const message = 'The expected head is not here: the end was cut off, or this is another audit.';
    faults.push({ kind: 'truncated', message });
  }
  return {
    ok: faults.length === 0,
    entries: state.proven + compared.proven,
    seals: links.length,
    head: links.at(-1)?.head,
    anchored,
    trusted: publicKeys !== undefined && links.length > 0 && faults.length === 0,
    erased,
    faults,
  };
}

type Numbered = EntryLine & { readonly line: number };

/** What has been read so far. */
class Verification {
  readonly faults: AuditFault[] = [];
  readonly links: (ChainLink & { readonly keyId: string; readonly publicKey: string })[] = [];
  readonly erased: string[] = [];
  header: AuditHeader | undefined;
  proven = 0;
  #line = 0;
  #entries: Numbered[] = [];
  readonly #differing: SealedGroup[] = [];

  read(line: AuditLine): void {
    this.#line += 1;
    switch (line.type) {
      case 'audit':
        if (this.#line === 1) this.header = line;
        else this.#unreadable();
        return;
      case 'entry':
        this.#readEntry(line);
        return;
      case 'seal':
        this.#readSeal(line);
        return;
      case 'unreadable':
        this.#unreadable();
    }
  }

  /** What did not match its seal at once; what follows the last seal is of none. */
  finish(): readonly SealedGroup[] {
    if (this.header === undefined) {
      const message = 'The export does not begin with its tenant and its public keys.';
      this.faults.push({ kind: 'unreadable', line: 1, message });
    }
    const rest = { seal: undefined, first: Number.POSITIVE_INFINITY, leaves: [] };
    if (this.#entries.length > 0) this.#differing.push({ ...rest, entries: this.#entries });
    return this.#differing;
  }

  #readEntry(entry: EntryLine): void {
    const { id, details } = entry;
    const line = this.#line;
    this.#entries.push({ ...entry, line });
    if (details === 'erased') this.erased.push(id);
    if (details === 'changed') {
      const message = `The personal details of entry ${id} are not what was sealed.`;
      this.faults.push({ kind: 'changed', entry: id, line, message });
    }
  }

  #readSeal(line: SealLine): void {
    const { seal } = line;
    const { number, first, count, previous, keyId, publicKey } = seal;
    const faults = checkSeal(line, this.header);
    this.faults.push(...faults);
    const sound = faults.length === 0;
    const head = hashSeal(seal);
    this.links.push({ number, first, count, previous, keyId, publicKey, head, sound });
    const entries = this.#entries;
    this.#entries = [];
    const hashes = entries.map((entry) => Buffer.from(entry.hash, 'hex'));
    if (hashes.length === count && hasRoot(hashes, seal.root)) {
      if (sound) this.proven += count;
      return;
    }
    // Hashes that were not signed prove nothing about any entry.
    if (!hasRoot(line.leaves, seal.root)) return;
    const leaves = line.leaves.map((leaf) => leaf.toString('hex'));
    this.#differing.push({ seal: number, first, entries, leaves });
  }

  #unreadable(): void {
    const message = `Line ${this.#line} is not of an exported audit.`;
    this.faults.push({ kind: 'unreadable', line: this.#line, message });
  }
}

/** Keys that no seal needs, and seals by keys that the caller does not know. */
function checkKeys(
  { header, links }: Verification,
  publicKeys: Readonly<Record<string, string>> | undefined,
): readonly AuditFault[] {
  const used = new Set(links.map(({ keyId }) => keyId));
  const unused = [...(header?.keys.keys() ?? [])].filter((id) => !used.has(id));
  const faults: AuditFault[] = unused.map((id) => ({
    kind: 'key_unknown',
    line: 1,
    message: `The export lists the key ${JSON.stringify(id)}, which signed no seal.`,
  }));
  if (publicKeys === undefined) return faults;
  const known = new Map(Object.entries(publicKeys));
  for (const { number, keyId, publicKey } of links) {
    if (known.get(keyId) === publicKey) continue;
    const message = `Seal ${number} is signed by ${JSON.stringify(keyId)}, which is none of the known keys.`;
    faults.push({ kind: 'key_unknown', seal: number, message });
  }
  return faults;
}
