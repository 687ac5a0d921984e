import { createHash, randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import type { StopListening } from './database.ts';

/** Wait before the listener connects again, ms; doubles up to {@link LONGEST_WAIT}. */
const FIRST_WAIT = 500;
const LONGEST_WAIT = 30_000;

/** What {@link PostgresNews} needs of the server. */
export interface NewsSource {
  /** Runs one statement on a pooled connection. */
  readonly query: (sql: string, values: readonly string[]) => Promise<unknown>;
  /** A connection of its own, not connected yet. */
  readonly createClient: () => Client;
  /** Processes with another schema hear nothing of each other. */
  readonly schema: string;
}

/**
 * Tells the processes of one database that there may be work (LISTEN and NOTIFY). Only a hint: what
 * is lost, or never arrives behind a pooler that shares connections between transactions, is found
 * by the next poll.
 */
export class PostgresNews {
  readonly #source: NewsSource;
  readonly #self = randomUUID();
  /** Topics that are to be announced once the one under way has gone out. */
  readonly #waiting = new Set<string>();
  #sending: Promise<void> | undefined;

  constructor(source: NewsSource) {
    this.#source = source;
  }

  /** Announces soon; announcements that wait for the same topic are one. */
  announce(topic: string): void {
    this.#waiting.add(topic);
    this.#sending ??= this.#drain();
  }

  /** Resolves when everything that was announced has gone out, or could not. */
  async idle(): Promise<void> {
    await this.#sending;
  }

  /** Calls `onNews` when another process announced the topic, and after a broken connection. */
  listen(topic: string, onNews: () => void): StopListening {
    const listener = new Listener(
      this.#source,
      toChannel(this.#source.schema, topic),
      (payload) => {
        if (payload !== this.#self) onNews();
      },
    );
    return () => listener.stop();
  }

  async #drain(): Promise<void> {
    for (const topic of this.#waiting) {
      this.#waiting.delete(topic);
      const values = [toChannel(this.#source.schema, topic), this.#self];
      await this.#source.query('select pg_notify($1, $2)', values).catch(() => {});
    }
    this.#sending = undefined;
  }
}

/** An identifier of 63 characters at most, whatever the schema and the tenant are called. */
export function toChannel(schema: string, topic: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([schema, topic]))
    .digest('hex');
  return `mailwarden_${hash.slice(0, 32)}`;
}

/** One connection that only listens; made again when it is lost. */
class Listener {
  readonly #source: NewsSource;
  readonly #channel: string;
  readonly #hear: (payload: string | undefined) => void;
  #client: Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #connecting: Promise<void>;
  #wait = FIRST_WAIT;
  #stopped = false;

  constructor(source: NewsSource, channel: string, hear: (payload: string | undefined) => void) {
    this.#source = source;
    this.#channel = channel;
    this.#hear = hear;
    this.#connecting = this.#connect();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#connecting;
    await this.#client?.end().catch(() => {});
  }

  async #connect(): Promise<void> {
    const client = this.#source.createClient();
    client.on('notification', ({ payload }) => this.#hear(payload));
    client.on('error', () => this.#lose(client));
    client.on('end', () => this.#lose(client));
    try {
      await client.connect();
      await client.query(`listen ${this.#channel}`);
    } catch {
      this.#client = client;
      return this.#lose(client);
    }
    this.#client = client;
    this.#wait = FIRST_WAIT;
    // What was announced while nobody listened.
    this.#hear(undefined);
  }

  #lose(client: Client): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    client.end().catch(() => {});
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#connecting = this.#connect();
    }, this.#wait);
    this.#timer.unref();
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
  }
}
