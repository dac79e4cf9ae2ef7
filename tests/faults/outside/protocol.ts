import type { Lane, Matter } from '../model/matter.ts';

/** The start options of the process of boards and sinks. */
export interface OutsideGiven {
  folder: string;
  boards: Pick<Lane, 'code' | 'board'>[];
  secrets: OutsideSecrets;
}
export interface OutsideSecrets {
  restKey: string;
  soapPassword: string;
  smsKey: string;
  smsSecret: string;
}
export const soapUser = 'minwon-hub';

export interface OutsideReady {
  boards: Record<string, string>;
  smtpUrl: string;
  smsUrl: string;
}

/** What a person does on a board's pages. */
export interface BoardAct {
  code: string;
  id: string;
  text: string;
}
export interface Filing {
  code: string;
  matter: Matter;
}

/** The faults of mail and text messages. A field that is absent leaves its fault unchanged. */
export interface SinkFaults {
  /** These recipients get a 550. */
  refuse?: string[];
  greylist?: boolean;
  closed?: boolean;
  /** This many mails get no reply and are not stored. */
  hang?: number;
  /** This many mails are stored, and the connection is cut instead of a reply. */
  resetAfterData?: number;
  /** How the next text messages fail, in order. */
  sms?: ('reset-before' | 'reset-after' | 'hang' | 'busy' | 'failure')[];
}
