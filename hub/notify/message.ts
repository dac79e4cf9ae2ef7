import type { Selectable } from 'kysely';
import type { Channel, Language } from '../../schemas/index.ts';
import type { Reason } from '../../schemas/reason.ts';
import type { Tables } from '../store/tables/tables.ts';

/** A rendered notice, ready for a provider. */
export interface Message {
  noticeId: string;
  /** Groups the messages of one complaint to one person. */
  threadId: string;
  channel: Channel;
  /** E-mail address or E.164 number. */
  address: string;
  language: Language;
  /** One line: the subject of a mail, or the title of a long text message. */
  subject: string;
  text: string;
  html: string | null;
  /** The complaint's page, for texts that have to be cut. */
  link: string | null;
  /** A deadline is at stake. */
  urgent: boolean;
}

/** One call to a provider. A repeated call is the same attempt again, after its outcome stayed unknown. */
export interface Attempt {
  /** When the attempt first began. It is equal for every repetition. */
  started: Date;
  repeated: boolean;
  /** The address at which the provider may say later what became of the message. It is good for this attempt alone. */
  reportUrl?: string | undefined;
}

/** How a call ended. There are four ways, as for boards (adapters/contract.ts). */
export type Sent =
  /** The provider took the message. `kept`: it is stored in the same transaction as the outcome. */
  | { kind: 'done'; id?: string; kept?: Selectable<Tables['outbox']> }
  /** The message was not sent. `scope` provider: no message would go now, so the whole channel pauses. */
  | { kind: 'retry'; reason: Reason; scope: 'message' | 'provider'; after?: Date }
  /** This address or message will never be taken. */
  | { kind: 'refused'; reason: Reason }
  /** The provider got the message, but no reply can be trusted. */
  | { kind: 'unknown'; reason: Reason };

/** What a provider says later about a message that it took. */
export type Reported =
  /** It is on its way: taken by the operator, or kept until the phone is on. */
  | { kind: 'under-way' }
  | { kind: 'delivered' }
  /** It will never arrive. */
  | { kind: 'undelivered'; reason: Reason };

/** What came of asking. `nothing`: the provider knows no such message (yet). `away`: it should be left alone now. */
export type Asked = Reported | { kind: 'nothing' } | { kind: 'away'; reason: Reason };

/**
 * A provider carries messages. Its reasons are for operators and never contain a text, a name, a number or an address.
 */
export interface Provider {
  readonly name: string;
  /** The most calls under way at once. */
  readonly concurrency: number;
  /**
   * Milliseconds in which the same attempt may be repeated without a second message for the person, because the
   * provider or the receiver recognises it. 0: never.
   */
  readonly repeatableFor: number;
  /** True if nothing leaves the hub. Then the outcome is the only write, and no start is recorded. */
  readonly local?: true;
  /** True if it can be given `Attempt.reportUrl`. Absent, and no `ask`: it never reports, and nothing is awaited. */
  readonly callsBack?: true;
  /** Asks what became of a message, by the id that `send` gave. Never throws. */
  ask?(id: string): Promise<Asked>;
  /** Never throws. */
  send(message: Message, attempt: Attempt): Promise<Sent>;
  close(): Promise<void>;
}
