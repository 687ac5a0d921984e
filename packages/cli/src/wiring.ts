import type { Command } from 'commander';
import type { GlobalOptions } from './session.ts';

/** What every declaration of a command needs. */
export interface Wiring {
  readonly globals: (command: Command) => GlobalOptions;
  /** Told the exit code. */
  readonly finish: (code: number) => void;
}
