/** The process of everything outside the hub: sample boards, a mail server and an SMS gateway, all stored in files. */
import { join } from 'node:path';
import { answerBench, readGiven } from '../../bench/child-protocol.ts';
import { startSmtpSink } from '../../sinks/smtp-sink.ts';
import { startSolapi } from '../../sinks/solapi-sink.ts';
import type { Seen } from '../model/count.ts';
import { type OutsideBoard, openBoard } from './board.ts';
import { openMails, toTextMessage } from './messages.ts';
import type { BoardAct, Filing, OutsideGiven, OutsideReady, SinkFaults } from './protocol.ts';

const given = readGiven<OutsideGiven>();
const file = (name: string) => join(given.folder, `${name}.sqlite`);
const boards = new Map<string, OutsideBoard>();
for (const { code, board } of given.boards)
  boards.set(code, await openBoard(code, board, file(`board-${code}`), given.secrets));
const smtp = await startSmtpSink({ file: file('mail') });
const { smsKey, smsSecret } = given.secrets;
const sms = await startSolapi({ file: file('sms'), key: smsKey, secret: smsSecret });
const mails = openMails(file('mail'));

function boardOf(code: string): OutsideBoard {
  const board = boards.get(code);
  if (!board) throw new Error(`there is no board ${code}`);
  return board;
}

const act = (kind: 'answer' | 'interim' | 'followUp') => (what: BoardAct) =>
  boardOf(what.code).act(kind, what.id, what.text);

function setFaults({ sms: texts = [], refuse, ...faults }: SinkFaults): void {
  Object.assign(smtp.faults, faults);
  for (const address of refuse ?? []) smtp.faults.refuse.add(address);
  const replies = {
    busy: { status: 503, body: { errorCode: 'Busy', errorMessage: 'Busy' }, headers: { 'retry-after': '1' } },
    failure: { status: 502, body: '<html>' },
  };
  for (const text of texts) sms.faults.push(text === 'busy' || text === 'failure' ? replies[text] : text);
}

async function see(): Promise<Seen> {
  const copies = [...boards.values()].flatMap((board) => board.copies());
  return { copies, messages: [...(await mails.read()), ...sms.messages().flatMap(toTextMessage)] };
}

const ready: OutsideReady = {
  boards: Object.fromEntries([...boards].map(([code, { url }]) => [code, url])),
  smtpUrl: smtp.url,
  smsUrl: sms.url,
};
const answers = {
  see,
  file: ({ code, matter }: Filing) => boardOf(code).file(matter),
  answer: act('answer'),
  interim: act('interim'),
  followUp: act('followUp'),
  setClock: ({ code, seconds }: { code: string; seconds: number }) => boardOf(code).setClock(seconds),
  keepCopy: (code: string) => boardOf(code).keepCopy(),
  restore: (code: string) => boardOf(code).restore(),
  setFaults,
  /** The number of faults that are still to come. */
  faultsLeft: () => smtp.faults.hang + smtp.faults.resetAfterData + sms.faults.length,
};
answerBench(ready, answers, async () => {
  mails.close();
  await Promise.all([smtp.close(), sms.close(), ...[...boards.values()].map((board) => board.close())]);
});
