import { createHash } from 'node:crypto';
import { type StoredEntry, toEntryText } from './hashed-text.ts';

export type { StoredEntry } from './hashed-text.ts';

/** What was done with the data (안전성 확보조치 기준, article 2: 수행업무). */
export type AccessAct = 'read' | 'list' | 'search' | 'print' | 'download' | 'export' | 'change';

/** Which way it went. */
export type AccessWay = 'console' | 'rest' | 'soap' | 'api' | 'command';

/** What of a person was shown. */
export type AccessItem = 'name' | 'contact' | 'text' | 'files' | 'history' | 'notices' | 'raw' | 'numbers';

/** Personal data was given out: who, when, from where, whose, what was done (안전성 확보조치 기준, article 8). */
export interface AccessEntry {
  at: Date;
  /** The login of a person, or the key of a program. */
  actor: string;
  /** Its agency. Empty: the hub itself. */
  agency: string;
  way: AccessWay;
  /** The address that the request came from. Empty: this machine's command line. */
  address: string;
  act: AccessAct;
  /** One of {@link import('../purposes.ts').purposes}. */
  purpose: string;
  /** The route or command, without anything that was typed. */
  place: string;
  /** Whose: ids of complaints, or of raw items of which none came. */
  subjects: string[];
  items: AccessItem[];
  /** Names and addresses were shown masked only. */
  masked: boolean;
  /** Why, where a reason is asked. Empty: none is. */
  reason: string;
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Microseconds since 1970, as text. */
export const toMicroseconds = (at: Date): string => `${at.getTime()}000`;

/** The digest covers each field but the id, which the seal binds to the digest. */
export const digestEntry = (entry: Omit<StoredEntry, 'id' | 'digest'>): string => sha256(toEntryText(entry));
