import type { Selectable } from 'kysely';
import type { Channel, Language } from '../../schemas/index.ts';
import type { Reason } from '../../schemas/reason.ts';
import type { Tables } from '../store/tables/tables.ts';

/** A rendered notice, ready for a provider. */
export interface Message {
  noticeId: string;
  /** Messages of one complaint to one person belong together. */
  threadId: string;
  channel: Channel;
  /** E-mail address or E.164 number. */
  address: string;
  language: Language;
  /** One line: the subject of a mail, the title of a long text message. */
  subject: string;
  text: string;
  html: string | null;
  /** The complaint's page, for texts that have to be cut. */
  link: string | null;
  /** A deadline is at stake. */
  urgent: boolean;
}

/** One call to a provider. A repeated one is the same attempt again, after its outcome stayed unknown. */
export interface Attempt {
  /** When the attempt began first; equal for every repetition. */
  started: Date;
  repeated: boolean;
}

/** How a call ended. Four ways, as for boards (adapters/contract.ts). */
export type Sent =
  /** Handed over. `kept`: stored in the same transaction as the outcome. */
  | { kind: 'done'; id?: string; kept?: Selectable<Tables['outbox']> }
  /** Not sent. `scope` provider: nobody's message would go now, so the whole channel pauses. */
  | { kind: 'retry'; reason: Reason; scope: 'message' | 'provider'; after?: Date }
  /** This address or message will never be taken. */
  | { kind: 'refused'; reason: Reason }
  /** Given to the provider, and no reply that can be trusted. */
  | { kind: 'unknown'; reason: Reason };

/** Who carries messages. Reasons are for operators: never a text, a name, a number or an address in them. */
export interface Provider {
  readonly name: string;
  /** Calls under way at once. */
  readonly concurrency: number;
  /**
   * Milliseconds during which the same attempt may be made again without a second message for the person,
   * because the provider or the receiver recognises it. 0: never.
   */
  readonly repeatableFor: number;
  /** True when nothing leaves the hub: the outcome is the only write, so there is no start to record. */
  readonly local?: true;
  /** Never throws. */
  send(message: Message, attempt: Attempt): Promise<Sent>;
  close(): Promise<void>;
}
