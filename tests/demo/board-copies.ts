import type { Gnuboard } from '../boards/gnuboard/index.ts';
import type { RestBoard } from '../boards/rest-board/index.ts';
import type { SoapBoard } from '../boards/soap-board/index.ts';
import { wordsOf } from './expected.ts';
import { fileFact } from './files.ts';

/** One complaint in a board's storage, in terms that both boards share. */
export interface BoardCopy {
  agency: 'sbiz' | 'techno' | 'textile';
  id: string;
  /** True: it was filed here and not delivered by the hub. */
  isOwn: boolean;
  title: string;
  body: string;
  name: string;
  /** Digits only. */
  phone: string;
  email: string;
  status: string;
  /** Answers, then questions, each in the board's order. */
  parts: string[];
  /** The steps of the procedure that its own officers entered, by the board's codes. */
  steps: string[];
  /** The stored files. */
  files: string[];
  /** The agency to which its officers transferred it. */
  passedTo: string;
}

const restStatus: Record<string, string> = {
  RCPT: 'received',
  PROC: 'in_progress',
  SUPP: 'supplement_requested',
  DONE: 'answered',
  END: 'closed',
  CNCL: 'withdrawn',
  TRNS: 'transferred',
};
const soapStatus: Record<string, string> = {
  '10': 'received',
  '30': 'in_progress',
  '35': 'supplement_requested',
  '40': 'answered',
  '50': 'closed',
  '80': 'transferred',
  '90': 'withdrawn',
};

export function readRestBoard(board: Pick<RestBoard, 'posts' | 'files'>): BoardCopy[] {
  return board.posts().map((post) => ({
    agency: 'sbiz',
    id: String(post.mwNo),
    isOwn: !post.hubNo,
    title: post.subject,
    body: toPlain(post.contents),
    name: post.wrtr.nm,
    phone: toDigits(post.wrtr.hp),
    email: post.wrtr.mail ?? '',
    status: restStatus[post.state] ?? post.state,
    parts: [
      ...post.replies.map(({ type, cn }) => toPart(type === 'MID' ? 'interim' : 'answer', toPlain(cn))),
      ...post.addQs.map(({ cn }) => toPart('followUp', toPlain(cn))),
    ],
    steps: (post.stps ?? []).map(({ type }) => type),
    files: board.files(post.mwNo).map(fileFact),
    passedTo: post.trnsf?.to ?? '',
  }));
}

export function readSoapBoard(board: Pick<SoapBoard, 'posts' | 'files'>): BoardCopy[] {
  return board.posts().map(({ post, answers, questions }) => ({
    agency: 'techno',
    id: post.CVPL_NO,
    isOwn: !post.LINK_NO,
    title: post.CVPL_SJ ?? '',
    body: post.CVPL_CN ?? '',
    name: post.APLCNT_NM ?? '',
    phone: toDigits(`${post.HP1}${post.HP2}${post.HP3}`),
    email: post.EMAIL_ADRES ?? '',
    status: soapStatus[post.STTUS_CODE] ?? post.STTUS_CODE,
    parts: [
      ...answers.map((row) => toPart(row.ANSWER_SE === '2' ? 'interim' : 'answer', row.ANSWER_CN ?? '')),
      ...questions.map((row) => toPart('followUp', row.QESTN_CN ?? '')),
    ],
    steps: [],
    files: board.files(post.CVPL_NO).map(fileFact),
    passedTo: post.TRNSF_INSTT_CODE ?? '',
  }));
}

const ourMark = /<!-- minwon-hub \S+ -->/;

export async function readGnuboard(board: Pick<Gnuboard, 'questions'>): Promise<BoardCopy[]> {
  return (await board.questions()).map((post) => ({
    agency: 'textile' as const,
    id: String(post.id),
    isOwn: !ourMark.test(post.content),
    title: post.subject,
    body: toPlain(post.content.replace(ourMark, '')),
    name: post.name,
    phone: toDigits(post.phone),
    email: post.email,
    status: post.status === 1 ? 'answered' : 'received',
    parts: post.answers.map(({ content }) =>
      toPart('answer', toPlain(content.replace(ourMark, '')).replace(/\s*▷ 담당: [^\n]*$/, '')),
    ),
    steps: [],
    files: [],
    passedTo: '',
  }));
}

const toPart = (kind: string, text: string) => `${kind}: ${wordsOf(text)}`;
const toDigits = (text: string | null) => (text ?? '').replace(/\D/g, '');

const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'" };

/** The text that people read. The board stores HTML. */
function toPlain(html: string): string {
  const lines = html.replace(/<\/?(p|br|div|ul|li)\b[^>]*>/g, ' ');
  return lines
    .replace(/<[^>]*>/g, '')
    .replace(/&(lt|gt|amp|quot|#39);/g, (_all, name: string) => entities[name] ?? '');
}
