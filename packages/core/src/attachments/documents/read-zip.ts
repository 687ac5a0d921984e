import { inflateRawSync } from 'node:zlib';
import { ATTACHMENT_LIMITS } from '../attachment-limits.ts';
import { unreadable } from '../unreadable.ts';

/** One file of an archive, as its directory tells. */
interface Entry {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

/** Reads single files out of a ZIP archive (APPNOTE 6.3.10) that are asked for by name. */
export interface ZipReader {
  readonly names: readonly string[];
  /** The bytes of a file; `undefined` when there is none of this name. */
  read(name: string): Buffer | undefined;
}

/**
 * Reads the directory of an archive and nothing else. No file is unpacked unless it is asked for,
 * and none beyond what the directory declares and {@link ATTACHMENT_LIMITS} allow. Throws
 * `ATTACHMENT_UNREADABLE`.
 */
export function readZip(bytes: Buffer): ZipReader {
  const entries = readDirectory(bytes);
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  // Two files of one name are read as one by some programs and as the other by others.
  if (byName.size !== entries.length) throw damaged('it holds two files of one name');
  let spent = 0;
  return {
    names: entries.map(({ name }) => name),
    read(name) {
      const entry = byName.get(name);
      if (entry === undefined) return undefined;
      spent += entry.size;
      if (spent > ATTACHMENT_LIMITS.zipBytes) {
        throw unreadable(
          'too_costly',
          `Unpacked it has more than ${ATTACHMENT_LIMITS.zipBytes} bytes.`,
        );
      }
      return unpack(bytes, entry);
    },
  };
}

const END_RECORD = 0x06054b50;
const DIRECTORY_RECORD = 0x02014b50;
const LOCAL_RECORD = 0x04034b50;
/** Sizes and offsets that stand in ZIP64 records, which no document of this size needs. */
const IN_ZIP64 = 0xffffffff;

function readDirectory(bytes: Buffer): readonly Entry[] {
  const end = findEnd(bytes);
  const count = bytes.readUInt16LE(end + 10);
  if (bytes.readUInt16LE(end + 8) !== count) throw damaged('it is a part of several');
  if (count > ATTACHMENT_LIMITS.zipEntries) {
    throw unreadable('too_costly', `It holds more than ${ATTACHMENT_LIMITS.zipEntries} files.`);
  }
  const entries: Entry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== DIRECTORY_RECORD)
      throw damaged('its directory ends early');
    const nameLength = bytes.readUInt16LE(at + 28);
    const next = at + 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    if (next > end) throw damaged('its directory ends early');
    entries.push({
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
      flags: bytes.readUInt16LE(at + 8),
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    });
    at = next;
  }
  return entries;
}

/** The last record, which a comment of up to 65,535 bytes may follow. */
function findEnd(bytes: Buffer): number {
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 65_557); at -= 1) {
    if (bytes.readUInt32LE(at) !== END_RECORD) continue;
    if (at + 22 + bytes.readUInt16LE(at + 20) === bytes.length) return at;
  }
  throw damaged('it has no directory');
}

function unpack(bytes: Buffer, entry: Entry): Buffer {
  const { name, flags, method, packed, size, offset } = entry;
  if ((flags & 1) === 1) throw unreadable('encrypted', 'It has a password.');
  if (packed === IN_ZIP64 || size === IN_ZIP64 || offset === IN_ZIP64) throw damaged('it is ZIP64');
  if (size > 1_048_576 && size > packed * ATTACHMENT_LIMITS.zipRatio) {
    throw unreadable('too_costly', `${size} bytes are packed into ${packed}.`);
  }
  if (offset + 30 > bytes.length || bytes.readUInt32LE(offset) !== LOCAL_RECORD) {
    throw damaged('a file is not where its directory says');
  }
  const nameLength = bytes.readUInt16LE(offset + 26);
  const start = offset + 30 + nameLength + bytes.readUInt16LE(offset + 28);
  const isSame = bytes.toString('utf8', offset + 30, offset + 30 + nameLength) === name;
  if (!isSame || bytes.readUInt16LE(offset + 8) !== method || start + packed > bytes.length) {
    throw damaged('a file is not what its directory says');
  }
  return inflate(bytes.subarray(start, start + packed), method, size);
}

function inflate(packed: Buffer, method: number, size: number): Buffer {
  if (method !== 0 && method !== 8) throw damaged('it is packed in a way that documents are not');
  let content = packed;
  if (method === 8) {
    try {
      content = inflateRawSync(packed, { maxOutputLength: Math.max(1, size) });
    } catch {
      // Also more bytes than the directory declared.
      throw damaged('a file cannot be unpacked');
    }
  }
  if (content.byteLength !== size) throw damaged('a file is not as large as its directory says');
  return content;
}

function damaged(what: string) {
  return unreadable('damaged', `As a ZIP archive it is damaged: ${what}.`);
}
