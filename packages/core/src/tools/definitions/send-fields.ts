/** Arguments that send_email and preview_email share. */
export const SEND_FIELDS = {
  mailbox: {
    type: 'string',
    description: 'Address to send as. May be left out when there is only one.',
  },
  to: {
    type: 'array',
    items: { type: 'string' },
    description:
      'Recipient addresses, name@example.com. Marketing goes to each of them as a separate message.',
  },
  cc: {
    type: 'array',
    items: { type: 'string' },
    description: 'Copy recipients. Not for marketing.',
  },
  bcc: {
    type: 'array',
    items: { type: 'string' },
    description: 'Hidden copy recipients. Not for marketing; reviewers see them.',
  },
  subject: {
    type: 'string',
    description: 'Subject line. Left out only when a template gives it.',
  },
  body: {
    type: 'string',
    description:
      'Markdown; a newline is a line break, HTML is shown as text. Left out only when a template gives it.',
  },
  tags: {
    type: 'array',
    items: { type: 'string' },
    description: 'Labels to put on the message and its recipients.',
  },
  headers: {
    type: 'array',
    items: { type: 'string' },
    description: 'Extra header fields, "Name: value" each. Only names that the operator allows.',
  },
  category: {
    type: 'string',
    enum: ['marketing', 'transactional', 'conversational'],
    description: 'What kind of mail this is. The stricter of this and what the facts say holds.',
  },
  topic: {
    type: 'string',
    description: 'Subscription topic of marketing mail, e.g. product-news.',
  },
  campaign: { type: 'string', description: 'Campaign that the message belongs to.' },
  variant: { type: 'string', description: 'Variant or step inside the campaign.' },
  template: {
    type: 'string',
    description: 'Id of a template to use in place of subject and body.',
  },
  variables: {
    type: 'array',
    items: { type: 'string' },
    description: 'Template variables, "name=value" each.',
  },
  send_at: {
    type: 'string',
    description: 'Not before this time, ISO 8601 with offset, e.g. 2027-03-01T09:00:00+01:00.',
  },
  attachments: {
    type: 'array',
    items: { type: 'string' },
    description: 'Ids of attachments as read_email lists them. No files and no content.',
  },
  oversight_mode: {
    type: 'string',
    enum: ['read_only', 'gated_all', 'gated_send', 'monitored', 'autonomous'],
    description: 'Ask for closer review of this message. It can only become stricter.',
  },
} as const;
