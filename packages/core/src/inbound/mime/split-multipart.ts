const LF = 10;
const CR = 13;
const DASH = 45;

/** More than common mail has. */
const MAX_PARTS = 60;

/** The parts between the lines of a boundary (RFC 2046 §5.1.1); `undefined` when there are none. */
export function splitMultipart(body: Buffer, boundary: string): readonly Buffer[] | undefined {
  const mark = Buffer.from(`--${boundary}`);
  const parts: Buffer[] = [];
  let from = -1;
  for (let at = body.indexOf(mark); at >= 0; at = body.indexOf(mark, at + 1)) {
    if (at > 0 && body[at - 1] !== LF) continue;
    let end = at + mark.length;
    const isLast = body[end] === DASH && body[end + 1] === DASH;
    if (isLast) end += 2;
    while (body[end] === 32 || body[end] === 9) end += 1;
    while (body[end] === CR) end += 1;
    if (end < body.length && body[end] !== LF) continue;
    if (from >= 0) parts.push(body.subarray(from, at));
    if (isLast) return parts.length > 0 ? parts : undefined;
    from = end + 1;
    if (parts.length === MAX_PARTS) return undefined;
  }
  // Without its end the rest may belong to anything.
  return undefined;
}

/** Header and body of a message or a part; `undefined` without a blank line between them. */
export function splitPart(part: Buffer): { head: Buffer; body: Buffer } | undefined {
  if (part[0] === LF) return { head: part.subarray(0, 0), body: part.subarray(1) };
  if (part[0] === CR && part[1] === LF) {
    return { head: part.subarray(0, 0), body: part.subarray(2) };
  }
  for (let at = part.indexOf(LF); at >= 0; at = part.indexOf(LF, at + 1)) {
    if (at > MAX_HEADER) return undefined;
    const next = part[at + 1];
    const blank = next === LF ? 1 : next === CR && part[at + 2] === LF ? 2 : 0;
    if (blank === 0) continue;
    const head = part.subarray(0, part[at - 1] === CR ? at - 1 : at);
    return { head, body: part.subarray(at + 1 + blank) };
  }
  return undefined;
}

const MAX_HEADER = 65_536;
