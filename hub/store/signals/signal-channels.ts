import type pg from 'pg';

/** The channels of PostgreSQL on which processes tell each other of news. Each is heard through `listen`. */
export const signalChannels = {
  /** The configuration in force has changed. The text is empty. */
  configuration: 'hub_configuration',
  /** Something that pages show has changed (the text is empty), or `sessionsEnded`. */
  changes: 'hub_changes',
  /** Agencies whose copies lack something, and ids of asks that have an answer, separated by spaces. */
  feeds: 'hub_feeds',
} as const;

export type SignalChannel = (typeof signalChannels)[keyof typeof signalChannels];

/** Sends each of these texts, which must be shorter than 8,000 bytes. An empty text says only that there is news. */
export async function signal(
  database: Pick<pg.Pool, 'query'>,
  channel: SignalChannel,
  said: readonly string[] = [''],
): Promise<void> {
  await database.query('select pg_notify($1, said) from unnest($2::text[]) as said', [channel, said]);
}
