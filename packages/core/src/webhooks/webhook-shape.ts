import { createPublicKey } from 'node:crypto';
import { listOf } from '../shapes/collection-shapes.ts';
import { needed, objectOf } from '../shapes/object-of.ts';
import { fromCode, text } from '../shapes/scalar-shapes.ts';
import { parseTopicArn } from './sns/parse-topic-arn.ts';
import { toSvixKey } from './verify-standard-webhook.ts';
import type { WebhookOptions } from './webhook-options.ts';

type Provider<K extends keyof WebhookOptions> = NonNullable<WebhookOptions[K]>;
type Credentials = Provider<'postmark'>['credentials'][number];

const topic = text('A topic.', {
  expected: 'an ARN such as arn:aws:sns:eu-west-1:123456789012:mail',
  accepts: (value) => parseTopicArn(value) !== undefined,
});

const publicKey = text('A verification key.', {
  expected: 'a public key of elliptic curve P-256, base64, as SendGrid shows it',
  accepts: isPublicKey,
});

const svix = text('A signing secret.', {
  expected: 'whsec_ and base64 of 16 bytes or more',
  accepts: (value) => toSvixKey(value) !== undefined,
  secret: true,
});

// An empty secret would sign whatever anybody sends.
const secret = (description: string) =>
  text(description, { expected: '16 characters or more', matches: /^.{16,}$/s, secret: true });

/** The option `webhooks`. */
export const WEBHOOKS = objectOf<WebhookOptions>('Providers that tell what became of mail.', {
  ses: objectOf<Provider<'ses'>>('Amazon SES through SNS.', {
    topics: needed(listOf(topic, 'Topics that are believed.', { least: 1 })),
    fetch: fromCode<typeof fetch>('function', 'a function such as fetch'),
  }),
  sendgrid: objectOf<Provider<'sendgrid'>>('Twilio SendGrid.', {
    publicKeys: needed(listOf(publicKey, 'Any of them may have signed.', { least: 1 })),
  }),
  postmark: objectOf<Provider<'postmark'>>('Postmark.', {
    credentials: needed(
      listOf(
        objectOf<Credentials>('What the URL has before the host.', {
          username: needed(text('The name.', { expected: 'text', matches: /^[^:]+$/s })),
          password: needed(secret('The password.')),
        }),
        'Any of them will do.',
        { least: 1 },
      ),
    ),
  }),
  mailgun: objectOf<Provider<'mailgun'>>('Mailgun.', {
    signingKeys: needed(listOf(secret('A signing key.'), 'Any of them will do.', { least: 1 })),
  }),
  resend: objectOf<Provider<'resend'>>('Resend.', {
    secrets: needed(listOf(svix, 'Any of them will do.', { least: 1 })),
  }),
});

function isPublicKey(value: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(value, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyDetails?.namedCurve === 'prime256v1';
  } catch {
    return false;
  }
}
