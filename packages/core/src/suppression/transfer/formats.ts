import type { SuppressionReason } from '../../storage/tables/people.ts';

/** The files that can be imported. */
export type SuppressionFormat =
  | 'ses'
  | 'sendgrid'
  | 'mailchimp'
  | 'hubspot'
  | 'klaviyo'
  | 'listmonk'
  | 'plain';

/** What a row with such values says about its person. */
export interface FormatRule {
  /** Column and what it has to look like; absent: for rows that no other rule fits. */
  readonly when?: readonly [column: string, looks: RegExp];
  /** Nothing: the row means nobody, e.g. a subscriber, or a bounce that may pass. */
  readonly reason?: SuppressionReason;
  /** @default the import's */
  readonly scope?: 'all';
}

/** One kind of file. Columns are compared in lower case, letters and digits only. */
export interface FormatSpec {
  readonly id: SuppressionFormat;
  /** A file with all columns of one of these is of this kind; none: it has to be named. */
  readonly signatures: readonly (readonly string[])[];
  /** The first of these that is there has the address. */
  readonly address: readonly string[];
  /** The first of these that has a value says since when. */
  readonly at: readonly string[];
  /** All that fit count; a person can have bounced and unsubscribed. */
  readonly rules: readonly FormatRule[];
}

const TRUE = /^(true|yes|1)$/i;
const SOME = /\S/;

/**
 * In the order in which a header is compared. Sources: SES API v2 `SuppressedDestinationSummary`;
 * SendGrid v3 suppressions; Mailchimp audience export; HubSpot "unsubscribes and bounces" export and
 * contact properties; listmonk subscriber export. Klaviyo's column names are not documented: its
 * signatures are the names of its API.
 */
export const FORMATS: readonly FormatSpec[] = [
  {
    id: 'mailchimp',
    signatures: [
      ['emailaddress', 'unsubtime'],
      ['emailaddress', 'cleantime'],
    ],
    address: ['emailaddress'],
    at: ['unsubtime', 'cleantime'],
    rules: [
      { when: ['cleantime', SOME], reason: 'hard_bounce', scope: 'all' },
      { when: ['unsubreason', /abuse|spam/i], reason: 'complaint', scope: 'all' },
      { when: ['unsubtime', SOME], reason: 'unsubscribe' },
    ],
  },
  {
    id: 'ses',
    signatures: [['emailaddress', 'reason']],
    address: ['emailaddress'],
    at: ['lastupdatetime'],
    rules: [
      { when: ['reason', /^complaint$/i], reason: 'complaint', scope: 'all' },
      { when: ['reason', /^bounce$/i], reason: 'hard_bounce', scope: 'all' },
      { reason: 'manual', scope: 'all' },
    ],
  },
  {
    id: 'hubspot',
    signatures: [['portalunsubscribe'], ['unsubscribedfromallemail']],
    address: ['email', 'emailaddress', 'recipient'],
    at: [],
    rules: [
      { when: ['portalspamreport', TRUE], reason: 'complaint', scope: 'all' },
      { when: ['portalbounce', TRUE], reason: 'hard_bounce', scope: 'all' },
      { when: ['globalbounce', TRUE], reason: 'hard_bounce', scope: 'all' },
      { when: ['emailhardbouncereason', SOME], reason: 'hard_bounce', scope: 'all' },
      { when: ['portalunsubscribe', TRUE], reason: 'unsubscribe' },
      { when: ['unsubscribedfromallemail', TRUE], reason: 'unsubscribe' },
    ],
  },
  {
    id: 'listmonk',
    signatures: [['uuid', 'email', 'status']],
    address: ['email'],
    at: ['updatedat'],
    rules: [
      // Why is not in the file, so it counts as the person's own wish.
      { when: ['status', /^blocklisted$/i], reason: 'unsubscribe', scope: 'all' },
      { when: ['subscriptionstatus', /^unsubscribed$/i], reason: 'unsubscribe' },
    ],
  },
  {
    id: 'klaviyo',
    signatures: [
      ['email', 'suppressionreason'],
      ['email', 'reason', 'timestamp'],
    ],
    address: ['email'],
    at: ['timestamp', 'suppressedat'],
    rules: [
      { when: ['suppressionreason', /bounce|invalid/i], reason: 'hard_bounce', scope: 'all' },
      { when: ['suppressionreason', /spam|complain/i], reason: 'complaint', scope: 'all' },
      { when: ['reason', /bounce|invalid/i], reason: 'hard_bounce', scope: 'all' },
      { when: ['reason', /spam|complain/i], reason: 'complaint', scope: 'all' },
      { reason: 'unsubscribe' },
    ],
  },
  {
    id: 'sendgrid',
    signatures: [['email', 'created']],
    address: ['email'],
    at: ['created'],
    rules: [
      { when: ['ip', SOME], reason: 'complaint', scope: 'all' },
      { when: ['status', /^4/] },
      { when: ['status', /^[^4\s]/], reason: 'hard_bounce', scope: 'all' },
      { when: ['reason', SOME], reason: 'hard_bounce', scope: 'all' },
      { reason: 'unsubscribe' },
    ],
  },
  {
    id: 'plain',
    signatures: [],
    address: ['email', 'emailaddress', 'address'],
    at: ['at', 'created', 'createdat'],
    rules: [{ reason: 'unsubscribe' }],
  },
];
