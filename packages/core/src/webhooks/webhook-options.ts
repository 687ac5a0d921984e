/** Mail providers whose events `warden.handler` understands. */
export const WEBHOOK_PROVIDERS = ['ses', 'sendgrid', 'postmark', 'mailgun', 'resend'] as const;

/** One of {@link WEBHOOK_PROVIDERS}. */
export type WebhookProvider = (typeof WEBHOOK_PROVIDERS)[number];

/**
 * The providers that may tell us what became of mail, at `POST /webhooks/<provider>` below any path;
 * what is not named here is answered with 404. Where several secrets are given any of them will do,
 * so that one can be changed without a gap. Set-up of each: docs/webhooks.md.
 */
export interface WebhookOptions {
  /** Amazon SES through SNS. */
  readonly ses?: {
    /** ARNs of the topics; a subscription is confirmed, and an event believed, for these only. */
    readonly topics: readonly string[];
    /** How certificates are fetched and subscriptions confirmed. @default the global `fetch` */
    readonly fetch?: typeof fetch;
  };
  readonly sendgrid?: {
    /** Verification keys of the signed event webhook: base64, as the console shows them. */
    readonly publicKeys: readonly string[];
  };
  readonly postmark?: {
    /** What stands before the host in the URL given to Postmark, which signs nothing. */
    readonly credentials: readonly { readonly username: string; readonly password: string }[];
  };
  readonly mailgun?: {
    /** HTTP webhook signing keys. */
    readonly signingKeys: readonly string[];
  };
  readonly resend?: {
    /** Signing secrets, `whsec_…`. */
    readonly secrets: readonly string[];
  };
}
