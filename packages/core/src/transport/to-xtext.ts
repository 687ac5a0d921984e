/** Text as a parameter of an SMTP command (RFC 3461 §4): `+`, `=` and what is not printable as `+HH`. */
export function toXtext(text: string): string {
  return [...Buffer.from(text)]
    .map((byte) => {
      const isPlain = byte > 0x20 && byte < 0x7f && byte !== 0x2b && byte !== 0x3d;
      if (isPlain) return String.fromCharCode(byte);
      return `+${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}
