import { styleText } from 'node:util';
import type { Io, Output } from '../io.ts';

/** What text stands for; colours are chosen in one place. */
export type Tone = 'title' | 'soft' | 'good' | 'warn' | 'bad';

const FORMATS = {
  title: 'bold',
  soft: 'dim',
  good: 'green',
  warn: 'yellow',
  bad: 'red',
} as const;

export type Style = (tone: Tone, text: string) => string;

/** Colours on a terminal unless NO_COLOR is set (no-color.org); FORCE_COLOR overrides. */
export function createStyle(io: Io, output: Output): Style {
  const { NO_COLOR, FORCE_COLOR } = io.env;
  const coloured = FORCE_COLOR ? FORCE_COLOR !== '0' : !NO_COLOR && output.isTTY === true;
  if (!coloured) return (_, text) => text;
  return (tone, text) => styleText(FORMATS[tone], text, { validateStream: false });
}
