import PostalMime from 'postal-mime';
import { answerBench } from '../child-protocol.ts';
import { now } from '../clock.ts';
import { findId } from '../complaints.ts';
import { startBoard } from './board.ts';
import { startMailServer } from './mail-server.ts';

/** An arrival, by the id of the complaint, in order. Times are those of clock.ts. */
export type Arrival = [id: string, at: number];
export interface Arrivals {
  board: Arrival[];
  mail: Arrival[];
}
export interface ReceiverReady {
  boardUrl: string;
  smtpUrl: string;
}

const board: Arrival[] = [];
const headers: Arrival[] = [];
const { url: boardUrl } = await startBoard((text) => board.push([findId(text) ?? '', now()]));
const { url: smtpUrl } = await startMailServer((header) => headers.push([header, now()]));

/** Headers are decoded only after the run, so that decoding does not slow it down. */
async function listArrivals(): Promise<Arrivals> {
  const mail: Arrival[] = [];
  for (const [header, at] of headers) {
    const { subject = '' } = await PostalMime.parse(`${header}\r\n\r\n`);
    mail.push([findId(subject) ?? '', at]);
  }
  return { board, mail };
}

answerBench(
  { boardUrl, smtpUrl } satisfies ReceiverReady,
  { count: () => ({ board: board.length, mail: headers.length }), arrivals: listArrivals },
  async () => undefined,
);
