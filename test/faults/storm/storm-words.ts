import type { KillPoint } from './mortal-storage.ts';

/** What a process of a storm is told when it starts. */
export interface StormOrder {
  /** What it says in EHLO, so that the server knows whom it speaks to. */
  readonly name: string;
  readonly where: readonly [string] | readonly [string, string];
  readonly smtpUrl: string;
  /** The wall clock, ms, at which the product's clock stood at `CLOCK_START`. */
  readonly began: number;
  /** How far its clock is ahead of the others', ms. */
  readonly ahead: number;
}

/** One send call; repeated with the same key until somebody has answered. */
export interface StormMail {
  readonly key: string;
  readonly to: readonly string[];
}

export type StormWord =
  | { readonly say: 'send'; readonly mail: StormMail }
  | { readonly say: 'clock'; readonly ahead: number }
  | { readonly say: 'die'; readonly at?: KillPoint | undefined }
  | { readonly say: 'disk'; readonly full: boolean }
  | { readonly say: 'vitals' }
  | { readonly say: 'stop' };

export type StormAnswer =
  | { readonly said: 'ready' | 'stopped' }
  | {
      readonly said: 'sent';
      readonly key: string;
      readonly status: string;
      readonly reason: string;
    }
  | { readonly said: 'fault'; readonly code: string; readonly text: string }
  | { readonly said: 'vitals'; readonly vitals: Vitals };

/** What must not grow while a process works. */
export interface Vitals {
  /** Bytes. */
  readonly rss: number;
  /** Bytes that are in use after a full collection. */
  readonly heap: number;
  /** Open files and sockets. */
  readonly handles: number;
}

/** When the product's clock began in every storm. */
export const CLOCK_START = Date.parse('2026-03-02T15:00:00Z');

/** One recipient each; several share the envelope of the other. */
export const MARKETING = 'lifecycle@acme.example';
export const SUPPORT = 'support@acme.example';
