import { CONSENT_BASES, SALES } from '../../consent/consent-basis.ts';
import { checked } from '../../shapes/checked.ts';
import { listOf } from '../../shapes/collection-shapes.ts';
import { needed, objectOf } from '../../shapes/object-of.ts';
import { choice, flag, only, text } from '../../shapes/scalar-shapes.ts';
import { CONTACT_KINDS } from '../../storage/tables/people.ts';
import { CATEGORIES } from '../modes.ts';
import type {
  JurisdictionCondition,
  JurisdictionPack,
  JurisdictionRow,
} from './jurisdiction-pack.ts';

const country = text('ISO 3166-1 alpha-2, e.g. "JP".', {
  expected: 'an ISO 3166-1 alpha-2 code such as "JP"',
  matches: /^[A-Z]{2}$/,
});

const notEmpty = { expected: 'text that is not empty', matches: /\S/ };

const condition = objectOf<JurisdictionCondition>('Everything that is named has to hold.', {
  countries: listOf(country, 'In one of these countries.'),
  domains: listOf(
    text('Lower-case.', { expected: 'a domain such as "vtext.com"', matches: /^[a-z0-9.-]+$/ }),
    'The address is at one of these domains, or below one.',
  ),
  kinds: listOf(choice(CONTACT_KINDS, 'Who reads the mail.'), 'One of these kinds of people.'),
  withdrawn: only(true, 'Marketing was refused and not asked for again.'),
  collected: listOf(text('provenance.how'), 'How the address was collected.'),
  provenance: only('missing', 'Nobody recorded where the contact comes from.'),
  noticeSent: flag('Whether the person was told where the data came from (GDPR art. 14).'),
  about: choice(['survey', 'consent_request'], 'What the mail asks for.'),
  signedUp: only(true, 'It confirms a double opt-in for which the person signed up.'),
  category: choice(CATEGORIES, 'What kind of mail it is.'),
  subjectStartsWith: text('How the subject begins.'),
  firstContact: flag('Nobody has written to this person from this mailbox.'),
  disclosed: flag('The text says that a machine wrote it.'),
  basis: listOf(choice(CONSENT_BASES, 'A legal basis.'), 'On one of these bases.'),
  expired: only(true, 'The consent has expired.'),
  proven: flag('Whether the consent can be shown.'),
  limbs: choice(['complete', 'incomplete'], 'The conditions of a soft opt-in.'),
  sale: listOf(choice(SALES, 'How the address was obtained.'), 'On one of these occasions.'),
  balanced: flag('Whether a balancing test is on file.'),
});

const row = checked(
  objectOf<JurisdictionRow>('When it fits, what follows, and why.', {
    when: needed(condition),
    effect: needed(choice(['allow', 'hold', 'block'], 'What follows.')),
    needs: choice(['look', 'consent'], 'On a hold: a look by a person, or this fact.'),
    code: needed(text('For machines; {country} and {limb} are filled in.', notEmpty)),
    law: needed(text('The provision it comes from.')),
    message: needed(text('One sentence for whoever writes the mail.')),
  }),
  ({ effect, needs }) =>
    (effect === 'hold') === (needs !== undefined)
      ? undefined
      : 'needs "look" or "consent" when it holds, and only then.',
);

/** The operator's own regimes. */
export const JURISDICTIONS = listOf<JurisdictionPack>(
  objectOf<JurisdictionPack>('The law of one regime as a table; the first row that fits decides.', {
    id: needed(
      text('Lower-case; one of a built-in pack replaces it.', {
        expected: 'an id such as "jp"',
        matches: /^[a-z][a-z0-9-]{1,63}$/,
      }),
    ),
    version: needed(text('Raise it with every change.', notEmpty)),
    title: needed(text('The law, for people.')),
    countries: needed(listOf(country, 'Where it holds.', { least: 1 })),
    regions: listOf(text('ISO 3166-2 after the hyphen.'), 'Only these parts of the country.'),
    rows: needed(listOf(row, 'In this order.')),
  }),
  'Own regimes; one with the id of a built-in pack replaces it.',
  { key: 'id' },
);
