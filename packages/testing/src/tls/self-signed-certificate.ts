import { generateKeyPairSync, sign } from 'node:crypto';
import { der } from './der.ts';

/** A key and a certificate for it, both PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/**
 * Makes a fresh self-signed certificate for `localhost` and `127.0.0.1`, so that no private key
 * has to lie in a repository. Pass `cert` as `ca` to the client that shall trust it.
 */
export function selfSignedCertificate(): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const body = toBeSigned(publicKey.export({ type: 'spki', format: 'der' }));
  const certificate = der.sequence(
    body,
    ECDSA_WITH_SHA256,
    der.bits(sign('sha256', body, privateKey)),
  );
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: toPem(certificate),
  };
}

const ECDSA_WITH_SHA256 = der.sequence(der.oid('1.2.840.10045.4.3.2'));
const COMMON_NAME = '2.5.4.3';
const SUBJECT_ALT_NAME = '2.5.29.17';
const BASIC_CONSTRAINTS = '2.5.29.19';

/** TBSCertificate (RFC 5280 §4.1.2). */
function toBeSigned(subjectPublicKeyInfo: Buffer): Buffer {
  const name = der.sequence(
    der.set(der.sequence(der.oid(COMMON_NAME), der.utf8('Mailwarden test server'))),
  );
  return der.sequence(
    der.tagged(0, der.integer(2), true),
    der.integer(1),
    ECDSA_WITH_SHA256,
    name,
    // The same span at any clock, so that a test with a shifted date still connects.
    der.sequence(der.utcTime('200101000000Z'), der.utcTime('491231235959Z')),
    name,
    subjectPublicKeyInfo,
    der.tagged(3, der.sequence(authority(), alternativeNames()), true),
  );
}

function authority(): Buffer {
  const value = der.sequence(der.boolean(true));
  return der.sequence(der.oid(BASIC_CONSTRAINTS), der.boolean(true), der.octets(value));
}

function alternativeNames(): Buffer {
  const value = der.sequence(
    der.tagged(2, Buffer.from('localhost'), false),
    der.tagged(7, Buffer.from([127, 0, 0, 1]), false),
  );
  return der.sequence(der.oid(SUBJECT_ALT_NAME), der.octets(value));
}

function toPem(certificate: Buffer): string {
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
