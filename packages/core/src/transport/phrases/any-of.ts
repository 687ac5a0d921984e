/**
 * One pattern for many wordings. Every part must be bounded (`.{0,60}`, never `.*`), so that a
 * hostile text costs linear time.
 */
export function anyOf(...wordings: readonly string[]): RegExp {
  return new RegExp(wordings.join('|'), 'i');
}
