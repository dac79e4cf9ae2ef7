import type { Lane, Matter } from '../model/matter.ts';

/** What the process of boards and sinks is started with. */
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

/** What somebody does on the pages of a board. */
export interface BoardAct {
  code: string;
  id: string;
  text: string;
}
export interface Filing {
  code: string;
  matter: Matter;
}

/** What goes wrong with mail and texts; what is not named stays as it is. */
export interface SinkFaults {
  /** 550 for these recipients. */
  refuse?: string[];
  greylist?: boolean;
  closed?: boolean;
  /** This many mails get no reply, and are not stored. */
  hang?: number;
  /** This many mails are stored, and the connection is cut in place of the reply. */
  resetAfterData?: number;
  /** The next texts fail so, in order. */
  sms?: ('reset-before' | 'reset-after' | 'hang' | 'busy' | 'failure')[];
}
