import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** A self-signed certificate and its key, as an issuer would make them. */
export interface TestCertificate {
  readonly pem: string;
  readonly privateKey: KeyObject;
}

/**
 * Makes an X.509 certificate (RFC 5280 §4.1) by hand: node:crypto reads them only, and no other tool
 * is sure to be there.
 */
export function makeCertificate(validFrom: number, validTo: number): TestCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const name = der(0x30, [der(0x31, [der(0x30, [oid('550403'), der(0x0c, ['sns.example'])])])]);
  const algorithm = der(0x30, [oid('2a864886f70d01010b'), Buffer.from('0500', 'hex')]);
  const content = der(0x30, [
    Buffer.from('020101', 'hex'),
    algorithm,
    name,
    der(0x30, [time(validFrom), time(validTo)]),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  ]);
  const signature = der(0x03, [Buffer.from([0]), sign('sha256', content, privateKey)]);
  const certificate = der(0x30, [content, algorithm, signature]).toString('base64');
  const lines = certificate.replace(/.{64}/g, '$&\n');
  return {
    pem: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    privateKey,
  };
}

/** Tag, length and value (X.690). */
function der(tag: number, parts: readonly (Buffer | string)[]): Buffer {
  const value = Buffer.concat(parts.map((part) => Buffer.from(part as Buffer)));
  const { length } = value;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), value]);
}

function oid(hex: string): Buffer {
  return der(0x06, [Buffer.from(hex, 'hex')]);
}

/** UTCTime: `YYMMDDHHMMSSZ`. */
function time(at: number): Buffer {
  const digits = new Date(at).toISOString().replace(/[-:T]/g, '').slice(2, 14);
  return der(0x17, [`${digits}Z`]);
}
