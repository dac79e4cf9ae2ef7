import type { AddressInfo } from 'node:net';
import fastify from 'fastify';
import type { NewFile } from '../file-storage.ts';
import { addApi } from './api.ts';
import type { Faults } from './faults.ts';
import { addPages, asEdited } from './pages.ts';
import {
  type BoardFile,
  type BoardPost,
  type BoardStore,
  type Comment,
  type FilePlace,
  type NewPost,
  type NewStep,
  openStore,
  type PostChanges,
} from './store.ts';

export interface RestBoardOptions {
  /** An SQLite file. Absent: kept in memory. */
  file?: string;
  /** 0 or absent: any free port. */
  port?: number;
  agencyName: string;
  apiKey: string;
}

/** A small agency's board with its own database, pages for people, and its own kind of interface. */
export interface RestBoard {
  /** The base URL of the interface, as in an agency's configuration. */
  url: string;
  /** The address of the pages for people. */
  pageUrl: string;
  /** All its posts, directly from its storage. */
  posts(): BoardPost[];
  /** Its files, with the SHA-256 of the stored content. */
  files(no: number): { of: 'post' | 'reply' | 'question'; name: string; sha256: string }[];
  /** Files a complaint as a person does on its pages. Returns its number. */
  file(post: Partial<NewPost>, files?: NewFile[]): number;
  /** Adds a file to an existing post, reply or question. */
  attach(no: number, file: NewFile, place?: FilePlace): void;
  edit(no: number, changes: PostChanges): void;
  answer(no: number, text: string, files?: NewFile[]): number;
  interim(no: number, text: string): number;
  followUp(no: number, text: string, files?: NewFile[]): number;
  /** An officer takes a step of the procedure. Its pages do not show it. */
  step(no: number, step: NewStep): number;
  /** Its pages have no form for it and do not show it. */
  comment(no: number, comment: Comment): number;
  withdraw(no: number, reason?: string): void;
  /** The agency asks that another agency take over. */
  transfer(no: number, to: string, reason: string): void;
  setStatus(no: number, state: string): void;
  /** The board's clock. Absent: the machine's. */
  setClock(now?: () => Date): void;
  readonly faults: Faults;
  close(): Promise<void>;
}

export async function startRestBoard(options: RestBoardOptions): Promise<RestBoard> {
  const { agencyName, apiKey, port = 0 } = options;
  const machineClock = () => new Date();
  let clock = machineClock;
  const store = openStore(options.file ?? ':memory:', () => clock());
  const faults: Faults = { mode: 'none', requests: 0 };
  const server = fastify({ forceCloseConnections: true, bodyLimit: 2 * 1024 * 1024 });
  await server.register(async (api) => addApi(api, { store, apiKey, faults }), { prefix: '/api/v2/minwon' });
  await server.register(async (pages) => addPages(pages, store, agencyName));
  await server.listen({ port, host: '127.0.0.1' });
  const url = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}/`;

  const reply = (no: number, type: 'FINAL' | 'MID', text: string, files: NewFile[] = []) => {
    const officer = { dept: '민원지원부', chrg: '김담당', tel: '02-123-4567' };
    const replyNo = present(no, store.reply(no, { type, cn: asEdited(text), ...officer }));
    attachAll(store, no, files, { replyNo });
    return replyNo;
  };
  const change = (no: number, changes: PostChanges) =>
    void present(
      no,
      store.change(no, () => changes),
    );
  return {
    url,
    pageUrl: url,
    posts: () => store.listChanged('', -1, 0).sort((a, b) => a.mwNo - b.mwNo),
    files: (no) => listFiles(store, present(no, store.find(no))),
    file: (post, files = []) => {
      const contents = asEdited(post.contents ?? sample.contents);
      const { mwNo } = store.add({ ...sample, ...post, contents });
      attachAll(store, mwNo, files, {});
      return mwNo;
    },
    attach: (no, file, place = {}) => attachAll(store, no, [file], place),
    edit: change,
    answer: (no, text, files) => reply(no, 'FINAL', text, files),
    interim: (no, text) => reply(no, 'MID', text),
    followUp: (no, text, files = []) => {
      const seq = present(no, store.ask(no, asEdited(text)));
      attachAll(store, no, files, { seq });
      return seq;
    },
    comment: (no, { mail, cn }) => present(no, store.comment(no, { mail, cn: asEdited(cn) })),
    step: (no, step) => present(no, store.step(no, step)),
    withdraw: (no, reason) => change(no, { state: 'CNCL', cnclRsn: reason ?? null }),
    transfer: (no, to, rsn) => change(no, { state: 'TRNS', trnsf: { to, rsn } }),
    setStatus: (no, state) => change(no, { state }),
    setClock: (now = machineClock) => {
      clock = now;
    },
    faults,
    close: async () => {
      await server.close();
      store.close();
    },
  };
}

const sample: NewPost = {
  subject: '정책자금 신청 서류 문의',
  contents: '사업자등록증 사본도 제출해야 하나요?',
  ctgry: 'FUND',
  rgn: '부산',
  wrtr: {
    nm: '홍길동',
    corpNm: '한빛상회',
    mail: 'hong@company.example',
    hp: '010-1234-5678',
    ntcMthd: 'E',
  },
};

function present<T>(no: number, result: T | undefined): T {
  if (result === undefined) throw new Error(`the board has no post ${no}`);
  return result;
}

function attachAll(store: BoardStore, no: number, files: NewFile[], place: FilePlace): void {
  for (const file of files) store.attach(no, store.files.put(file), place);
}

function listFiles({ files }: BoardStore, post: BoardPost) {
  const told = (of: 'post' | 'reply' | 'question') => (file: BoardFile) => ({
    of,
    name: file.fileNm,
    sha256: files.hash(file.fileNo),
  });
  return [
    ...post.atchFiles.map(told('post')),
    ...post.replies.flatMap(({ atchFiles }) => atchFiles.map(told('reply'))),
    ...post.addQs.flatMap(({ atchFiles }) => atchFiles.map(told('question'))),
  ];
}
