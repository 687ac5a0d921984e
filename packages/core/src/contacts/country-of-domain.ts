/** Country domains that are sold all over the world: they say nothing about where a person is. */
const WORLDWIDE = new Set(
  'ac ag ai am as bz cc cd co cx dj fm ga gg gl gq io la lc li ly me ml ms mu nu pw re sc sh sr st su sx tf tk to tv vc vg ws'.split(
    ' ',
  ),
);

/** Those that ISO 3166-1 writes differently, or not as a country at all. */
const OTHERS: ReadonlyMap<string, string | undefined> = new Map([
  ['uk', 'GB'],
  ['eu', undefined],
]);

/** The country that an address's domain speaks for, ISO 3166-1 alpha-2; weak evidence, the last but one. */
export function countryOfDomain(domain: string): string | undefined {
  const top = domain.slice(domain.lastIndexOf('.') + 1).toLowerCase();
  if (OTHERS.has(top)) return OTHERS.get(top);
  return /^[a-z]{2}$/.test(top) && !WORLDWIDE.has(top) ? top.toUpperCase() : undefined;
}
