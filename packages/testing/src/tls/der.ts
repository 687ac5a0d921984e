/** The few ASN.1 types that an X.509 certificate needs (X.690, DER). */
export const der = {
  sequence: (...items: readonly Buffer[]): Buffer => element(0x30, Buffer.concat(items)),
  set: (...items: readonly Buffer[]): Buffer => element(0x31, Buffer.concat(items)),
  integer: (value: number): Buffer => element(0x02, Buffer.from([value])),
  boolean: (value: boolean): Buffer => element(0x01, Buffer.from([value ? 0xff : 0])),
  utf8: (text: string): Buffer => element(0x0c, Buffer.from(text)),
  utcTime: (text: string): Buffer => element(0x17, Buffer.from(text)),
  octets: (content: Buffer): Buffer => element(0x04, content),
  bits: (content: Buffer): Buffer => element(0x03, Buffer.concat([Buffer.from([0]), content])),
  oid: (dotted: string): Buffer => element(0x06, encodeOid(dotted)),
  /** A context-specific element: `[tag]`. */
  tagged: (tag: number, content: Buffer, constructed: boolean): Buffer =>
    element((constructed ? 0xa0 : 0x80) | tag, content),
};

function element(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag]), encodeLength(content.length), content]);
}

function encodeLength(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  if (length < 0x100) return Buffer.from([0x81, length]);
  return Buffer.from([0x82, length >> 8, length & 0xff]);
}

function encodeOid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return Buffer.from([first * 40 + second, ...rest.flatMap(encodeBase128)]);
}

function encodeBase128(value: number): number[] {
  const bytes = [value & 0x7f];
  for (let left = value >> 7; left > 0; left >>= 7) bytes.unshift((left & 0x7f) | 0x80);
  return bytes;
}
