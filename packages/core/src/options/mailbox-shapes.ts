import { TIME_ZONE } from '../frequency/frequency-shapes.ts';
import { findAddress } from '../identity/address.ts';
import type { MailboxPolicy } from '../options.ts';
import type { TightenRule } from '../policy/facts.ts';
import { CATEGORIES, OVERSIGHT_MODES, type Oversight } from '../policy/modes.ts';
import { eitherOf, listOf } from '../shapes/collection-shapes.ts';
import { needed, objectOf } from '../shapes/object-of.ts';
import { choice, flag, number, text } from '../shapes/scalar-shapes.ts';
import { WEBHOOK_PROVIDERS, type WebhookProvider } from '../webhooks/webhook-options.ts';

const mode = choice(OVERSIGHT_MODES, 'How closely people look, strictest first.');

const oversight = objectOf<Oversight>('A mode, and exceptions per category.', {
  default: needed(mode),
  marketing: mode,
  transactional: mode,
  conversational: mode,
});

const when = objectOf<TightenRule['when']>('Everything that is named has to hold.', {
  category: choice(CATEGORIES, 'What kind of mail it is.'),
  freeText: flag('It does not come from a template that a person approved.'),
  firstOf: choice(['campaign', 'step'], 'Nothing of this campaign, or step, has gone out yet.'),
  lapsedDays: number('No proven mail came from the contact for this many days, or never.', {
    least: 0,
  }),
  tag: text('It carries this tag.'),
});

const tighten = objectOf<TightenRule>('Makes the mode stricter when the facts fit.', {
  when: needed(when),
  to: needed(mode),
});

/** What a policy says about one mailbox; `createMailwarden` adds what only code can give. */
export const MAILBOX_MEMBERS = {
  address: needed(
    text('The address that agents send and receive as.', {
      expected: 'an email address',
      accepts: (value) => findAddress(value.toLowerCase()) !== undefined,
    }),
  ),
  name: text('Display name in From.', {
    expected: 'text without control characters',
    matches: /^\P{Cc}*$/u,
  }),
  sender: text('Key of senders; marketing needs it.'),
  oversight: eitherOf(mode, oversight, 'How closely people look. Default: gated_send.'),
  ceiling: choice(OVERSIGHT_MODES, 'The loosest mode that a reviewer may set.'),
  tighten: listOf(tighten, 'When the mode is stricter than oversight says.'),
  disclosure: text('What stands at the end of every answer: that a machine writes.', {
    expected: 'one line of 3 to 300 characters',
    matches: /^[^\p{Cc}]{3,300}$/u,
  }),
  fourEyes: flag('An editor may not approve their own edit.'),
  // A number that is none would be no limit at all.
  dailyLimit: number('Deliveries that may reach the wire in any 24 hours.', { least: 1 }),
  timeZone: TIME_ZONE,
  bounces: eitherOf(
    choice(['imap', 'none'], 'Its inbox, or nobody.'),
    objectOf<{ webhook: WebhookProvider }>('A mail provider.', {
      webhook: needed(choice(WEBHOOK_PROVIDERS, 'Which one posts its events to the handler.')),
    }),
    'Who reports bounces. Without a report marketing is 50 a day.',
  ),
};

export const MAILBOX_POLICY = objectOf<MailboxPolicy>('One mailbox.', MAILBOX_MEMBERS);
