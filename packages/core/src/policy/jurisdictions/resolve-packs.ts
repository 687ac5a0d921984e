import { CONSENT_BASES } from '../../consent/consent-basis.ts';
import { MailwardenError } from '../../errors/mailwarden-error.ts';
import { BUILT_IN_PACKS } from './built-in-packs.ts';
import type {
  JurisdictionCondition,
  JurisdictionPack,
  JurisdictionRow,
} from './jurisdiction-pack.ts';

const PACK: readonly (keyof JurisdictionPack)[] = [
  'id',
  'version',
  'title',
  'countries',
  'regions',
  'rows',
];

const ROW: readonly (keyof JurisdictionRow)[] = [
  'when',
  'effect',
  'needs',
  'code',
  'law',
  'message',
];

const CONDITIONS: readonly (keyof JurisdictionCondition)[] = [
  'countries',
  'kinds',
  'withdrawn',
  'collected',
  'provenance',
  'noticeSent',
  'about',
  'category',
  'subjectStartsWith',
  'firstContact',
  'disclosed',
  'basis',
  'expired',
  'proven',
  'limbs',
  'sale',
  'balanced',
];

/**
 * The built-in packs and the application's own, which replace one of the same id. Throws
 * `OPTION_INVALID` or `OPTION_UNKNOWN`: a misspelt condition would be one that always fits.
 */
export function resolvePacks(own: readonly JurisdictionPack[] = []): readonly JurisdictionPack[] {
  for (const pack of own) checkPack(pack);
  const ids = own.map((pack) => pack.id);
  if (new Set(ids).size < ids.length) throw invalid('jurisdictions names an id twice.');
  return [...BUILT_IN_PACKS.filter((pack) => !ids.includes(pack.id)), ...own];
}

function checkPack(pack: JurisdictionPack): void {
  const what = `the jurisdiction ${JSON.stringify(pack.id)}`;
  refuseUnknown(pack, PACK, what);
  if (!/^[a-z][a-z0-9-]{1,63}$/.test(pack.id) || pack.version === '') {
    throw invalid(`${what} needs an id such as "jp" and a version.`);
  }
  const odd = pack.countries.find((country) => !/^[A-Z]{2}$/.test(country));
  if (pack.countries.length === 0 || odd !== undefined) {
    throw invalid(`countries of ${what} are ISO 3166-1 alpha-2 codes such as "JP".`);
  }
  for (const row of pack.rows) checkRow(row, what);
}

function checkRow(row: JurisdictionRow, what: string): void {
  refuseUnknown(row, ROW, `a row of ${what}`);
  refuseUnknown(row.when, CONDITIONS, `when of ${what}`);
  if (!['allow', 'hold', 'block'].includes(row.effect) || row.code === '') {
    throw invalid(`a row of ${what} needs a code and allow, hold or block as effect.`);
  }
  if ((row.effect === 'hold') !== (row.needs !== undefined)) {
    throw invalid(`${row.code} of ${what}: a hold needs "look" or "consent", and only a hold.`);
  }
  const basis = row.when.basis?.find((each) => !CONSENT_BASES.includes(each));
  if (basis !== undefined) {
    throw invalid(`${basis} in ${what} is no basis; they are ${CONSENT_BASES.join(', ')}.`);
  }
}

function refuseUnknown(value: object, known: readonly string[], what: string): void {
  const unknown = Object.keys(value).filter((key) => !known.includes(key));
  if (unknown.length === 0) return;
  throw new MailwardenError('OPTION_UNKNOWN', {
    detail: `${what} has no ${unknown.join(', ')}; it has ${known.join(', ')}.`,
    fields: { unknown },
  });
}

function invalid(detail: string): MailwardenError {
  return new MailwardenError('OPTION_INVALID', { detail });
}
