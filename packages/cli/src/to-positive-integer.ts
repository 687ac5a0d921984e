import { InvalidArgumentError } from 'commander';

/** A count on the command line. */
export function toPositiveInteger(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a whole number from 1.');
}
