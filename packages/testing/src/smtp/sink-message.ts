/** A message that a test server accepted. */
export interface SinkMessage {
  readonly envelope: { readonly mailFrom: string; readonly rcptTo: readonly string[] };
  /** The bytes after dot-unstuffing, as they came. */
  readonly raw: Buffer;
  /** The first field of that name, unfolded, not decoded; the name's case does not matter. */
  header(name: string): string | undefined;
  /** Every field of that name, unfolded, in order. */
  headers(name: string): readonly string[];
  /** The first part of that content type, decoded from base64 or quoted-printable. */
  part(contentType: string): string | undefined;
  /** The user who authenticated. */
  readonly user?: string;
  /** Whether it came over TLS. */
  readonly secure: boolean;
}

/** Wraps raw bytes so that a test can ask for what it needs. */
export function toSinkMessage(
  raw: Buffer,
  facts: Pick<SinkMessage, 'envelope' | 'user' | 'secure'>,
): SinkMessage {
  const entity = parseEntity(raw.toString('latin1'));
  const headers = (name: string) => findFields(entity, name);
  return {
    ...facts,
    raw,
    headers,
    header: (name) => headers(name)[0],
    part: (contentType) => findPart(entity, contentType.toLowerCase()),
  };
}

interface Entity {
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

function parseEntity(text: string): Entity {
  const end = /\r?\n\r?\n/.exec(text);
  const head = end === null ? text : text.slice(0, end.index);
  const unfolded = head.replace(/\r?\n(?=[ \t])/g, '');
  const fields = unfolded.split(/\r?\n/).flatMap((line) => {
    const colon = line.indexOf(':');
    if (colon < 1) return [];
    return [[line.slice(0, colon).toLowerCase(), utf8(line.slice(colon + 1).trim())] as const];
  });
  return { fields, body: end === null ? '' : text.slice(end.index + end[0].length) };
}

function findFields(entity: Entity, name: string): readonly string[] {
  return entity.fields.filter(([key]) => key === name.toLowerCase()).map(([, value]) => value);
}

function findPart(entity: Entity, contentType: string): string | undefined {
  const type = findFields(entity, 'content-type')[0] ?? 'text/plain';
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (boundary === undefined) {
    return type.toLowerCase().startsWith(contentType) ? decodeBody(entity) : undefined;
  }
  const sections = `\r\n${entity.body}`.split(`\r\n--${boundary}`).slice(1, -1);
  for (const section of sections) {
    const found = findPart(parseEntity(section.replace(/^[ \t]*\r?\n/, '')), contentType);
    if (found !== undefined) return found;
  }
  return undefined;
}

function decodeBody(entity: Entity): string {
  const encoding = findFields(entity, 'content-transfer-encoding')[0]?.toLowerCase();
  if (encoding === 'base64') return Buffer.from(entity.body, 'base64').toString('utf8');
  if (encoding !== 'quoted-printable') return utf8(entity.body);
  const joined = entity.body.replace(/=\r?\n/g, '');
  return utf8(
    joined.replace(/=([0-9A-F]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    ),
  );
}

function utf8(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
