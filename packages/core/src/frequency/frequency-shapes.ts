import { CATEGORIES } from '../policy/modes.ts';
import { checked } from '../shapes/checked.ts';
import { listOf, recordOf } from '../shapes/collection-shapes.ts';
import { needed, objectOf } from '../shapes/object-of.ts';
import { choice, flag, number, text } from '../shapes/scalar-shapes.ts';
import type { FrequencyCap } from './frequency-cap.ts';
import { isTimeZone } from './is-time-zone.ts';
import type { QuietHours } from './quiet-hours.ts';

const HOUR = 3_600_000;
const TOPIC = /^[a-z0-9_.-]{1,64}$/;
const TIME = {
  expected: 'a time "HH:MM" of 24 hours',
  matches: /^(?:[01]\d|2[0-3]):[0-5]\d$/,
};
const category = choice(CATEGORIES, 'Which mail counts and waits. Default: marketing.');

const cap = objectOf<FrequencyCap>('At most so much mail to one person in any such window.', {
  max: needed(number('Deliveries.', { least: 1, whole: true })),
  // A claim may be as old as its lease when its mail leaves; a very short window could miss it.
  per: needed(number('Length of the window, ms.', { least: HOUR, most: 400 * 24 * HOUR })),
  category,
  topic: text('Only mail on this topic.', { expected: 'a topic id', matches: TOPIC }),
  campaign: text('Only mail of this campaign.'),
  each: choice(['topic', 'campaign'], 'Each topic, or campaign, is counted for itself.'),
  acrossSenders: flag('Mail of all senders counts together.'),
});

/** How much mail one person may get. */
export const FREQUENCY_CAPS = listOf(
  cap,
  'How much mail one person may get; all of them hold. Default: marketing, 1 in 24 hours and 3 in 7 days.',
);

/** When mail waits. */
export const QUIET_HOURS = checked(
  objectOf<QuietHours>('When mail waits, by the clock on the recipient’s wall.', {
    from: needed(text('When it gets quiet.', TIME)),
    to: needed(text('When mail goes out again; before from, it is on the next day.', TIME)),
    categories: listOf(category, 'Which mail waits. Default: marketing.'),
  }),
  ({ from, to }) => (from === to ? 'needs two different times.' : undefined),
);

/** What people can choose on their preference page. */
export const TOPICS = checked(
  recordOf(text('The name that people see.'), 'Topics of marketing: id to name.'),
  (topics) => {
    const wrong = Object.keys(topics).find((id) => !TOPIC.test(id));
    return wrong === undefined ? undefined : `has ${JSON.stringify(wrong)}, which is no topic id.`;
  },
);

/** An IANA name. */
export const TIME_ZONE = text('Zone of recipients whose own is not known.', {
  expected: 'an IANA name such as "Europe/Berlin"',
  accepts: isTimeZone,
});
