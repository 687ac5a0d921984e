import { type KeyObject, X509Certificate } from 'node:crypto';
import { MailwardenError } from '../../errors/mailwarden-error.ts';
import { fetchText } from './fetch-text.ts';

/** Keys that Amazon signs with, fetched once each. */
export interface SnsCertificates {
  /** Throws `WEBHOOK_FORGED` for an address that is not Amazon's, `WEBHOOK_UNAVAILABLE`. */
  getKey(url: string): Promise<KeyObject>;
}

/** Amazon has one certificate per region and changes it about once a year. */
const MAX_KEPT = 20;
const MAX_BYTES = 20_000;
const HOST = /^sns\.[a-z]{2}(?:-[a-z]{2,10}){1,3}-\d{1,2}\.amazonaws\.com(?:\.cn)?$/;
const PATH = /^\/SimpleNotificationService-[0-9a-zA-Z]{1,100}\.pem$/;

interface Kept {
  readonly key: KeyObject;
  readonly validFrom: number;
  readonly validTo: number;
}

/** Certificates by their address; what could not be fetched is asked for again. */
export function createSnsCertificates(fetcher: typeof fetch, now: () => number): SnsCertificates {
  const kept = new Map<string, Promise<Kept>>();
  return {
    async getKey(given) {
      const url = toCertificateUrl(given);
      let certificate = kept.get(url);
      if (certificate === undefined) {
        certificate = fetchText(fetcher, url, MAX_BYTES).then(parseCertificate);
        const [oldest] = kept.keys();
        if (oldest !== undefined && kept.size >= MAX_KEPT) kept.delete(oldest);
        kept.set(url, certificate);
        certificate.catch(() => kept.delete(url));
      }
      const { key, validFrom, validTo } = await certificate;
      if (now() >= validFrom && now() <= validTo) return key;
      kept.delete(url);
      throw new MailwardenError('WEBHOOK_FORGED', { detail: 'The certificate is not valid now.' });
    },
  };
}

/** The address, when it is one of Amazon's and nothing else: a message may name any. */
function toCertificateUrl(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const isAmazon =
    url?.protocol === 'https:' &&
    HOST.test(url.host) &&
    PATH.test(url.pathname) &&
    url.href === `https://${url.host}${url.pathname}`;
  if (isAmazon) return url.href;
  throw new MailwardenError('WEBHOOK_FORGED', { detail: 'The certificate is not one of Amazon.' });
}

function parseCertificate(pem: string): Kept {
  try {
    const { publicKey: key, validFrom, validTo } = new X509Certificate(pem);
    if (key.asymmetricKeyType !== 'rsa') throw new TypeError('RSA is expected.');
    return { key, validFrom: Date.parse(validFrom), validTo: Date.parse(validTo) };
  } catch (cause) {
    throw new MailwardenError('WEBHOOK_UNAVAILABLE', { cause });
  }
}
