const known = new Map<string, boolean>();
/** There are about 600 names; others come from imported files. */
const MAX_KNOWN = 2_000;

/** Whether a name is a time zone that this process knows: an IANA name such as `Europe/Berlin`. */
export function isTimeZone(timeZone: string): boolean {
  const answer = known.get(timeZone) ?? ask(timeZone);
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(timeZone, answer);
  return answer;
}

function ask(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}
