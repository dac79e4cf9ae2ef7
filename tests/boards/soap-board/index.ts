/**
 * A typical agency board. It has its own database and codes, a SOAP 1.1 service in EUC-KR with WS-Security, and pages
 * for its officers. It is a real server for the tests and the demo.
 */
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import fastify from 'fastify';
import type { NewFile } from '../file-storage.ts';
import { createDownloads } from './downloads.ts';
import type { Faults } from './faults.ts';
import { createOperations } from './operations.ts';
import { registerPages } from './pages.ts';
import { BoardProblem } from './problem.ts';
import { registerService, servicePath } from './service.ts';
import { type Cvpl, openStorage, type Row } from './storage.ts';
import { createTokenCheck } from './username-token.ts';

export interface SoapBoardOptions {
  /** An SQLite file. Absent: the board keeps its data in memory. */
  file?: string;
  /** Absent: any free port. */
  port?: number;
  agencyName: string;
  user: string;
  password: string;
}

export interface SoapBoard {
  /** The address of the SOAP service. */
  url: string;
  /** The address of the pages for people. */
  pageUrl: string;
  wsdlUrl: string;
  /** All its complaints, from its storage. */
  posts(): Cvpl[];
  /** Actions of the board's own people. Each returns the id of what it created. */
  file(post?: Row, files?: NewFile[]): string;
  /** Adds a file to an existing complaint, answer or question. */
  attach(id: string, file: NewFile, part?: string): void;
  /** Its files, with the SHA-256 of the stored content. */
  files(id: string): { of: 'post' | 'reply' | 'question'; name: string; sha256: string }[];
  /** Its people correct a complaint. */
  edit(id: string, columns: Row): void;
  answer(id: string, text: string, officer?: Row, files?: NewFile[]): string;
  interim(id: string, text: string): string;
  followUp(id: string, text: string, files?: NewFile[]): string;
  withdraw(id: string, reason?: string): void;
  transfer(id: string, to: string, reason: string): void;
  setStatus(id: string, code: string): void;
  /** Sets the base address of its files, if others reach the board by another address. */
  announce(pageUrl: string): void;
  /** The board's clock. Absent: the machine's. */
  setClock(now?: () => Date): void;
  /** The current faults. */
  readonly faults: Faults;
  close(): Promise<void>;
}

/** Starts the board on 127.0.0.1. */
export async function startSoapBoard(options: SoapBoardOptions): Promise<SoapBoard> {
  const machineClock = () => new Date();
  let clock = machineClock;
  const storage = openStorage(options.file ?? ':memory:', () => clock());
  const faults: Faults = { mode: 'none', requests: 0 };
  let announced = '';
  const downloads = createDownloads(storage, faults, () => announced);
  const operations = createOperations(storage, downloads.urlOf, faults);
  const app = fastify({ forceCloseConnections: true, bodyLimit: 100_000_000 });
  app.setErrorHandler((error, _request, reply) => {
    const known = error instanceof BoardProblem;
    const [status, text] = known ? [404, error.message] : [500, '처리 중 오류가 발생했습니다'];
    return reply.code(status).type('text/plain; charset=utf-8').send(text);
  });
  await app.register(formbody);
  await app.register(multipart, { limits: { fileSize: 200_000_000 } });
  registerPages(app, { storage, operations, fileUrl: downloads.urlOf, agencyName: options.agencyName });
  registerService(app, { operations, faults, checkToken: createTokenCheck(options.user, options.password) });
  await downloads.register(app);
  const pageUrl = await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });
  announced = pageUrl;

  const own = (operation: string, args: Row, result: 'CVPL_NO' | 'PART_NO' = 'CVPL_NO') =>
    String(operations[operation]?.(args)[result]);
  const attach = (id: string, file: NewFile, part = '') =>
    void storage.addFile(id, part, storage.files.put(file));
  return {
    url: pageUrl + servicePath,
    pageUrl,
    wsdlUrl: `${pageUrl}${servicePath}?wsdl`,
    faults,
    posts: () => storage.list('', 1, -1).sort((a, b) => (a.post.CVPL_NO < b.post.CVPL_NO ? -1 : 1)),
    file: (post, files = []) => {
      const id = own('insertCvpl', { ...sample, ...post });
      for (const file of files) attach(id, file);
      return id;
    },
    attach,
    files: (id) => {
      const cvpl = storage.get(id);
      return cvpl.files.map(({ PART_NO = '', FILE_NM = '', FILE_NO }) => ({
        of: PART_NO === '' ? 'post' : PART_NO.startsWith('A') ? 'reply' : 'question',
        name: FILE_NM,
        sha256: storage.files.hash(Number(FILE_NO)),
      }));
    },
    edit: (id, columns) => storage.change(id, columns),
    announce: (url) => {
      announced = url;
    },
    setClock: (now = machineClock) => {
      clock = now;
    },
    answer: (id, text, officer = {}, files = []) => {
      const row = { ...officer, CVPL_NO: id, ANSWER_SE: '1', ANSWER_CN: text };
      const no = own('insertAnswer', row, 'PART_NO');
      for (const file of files) attach(id, file, no);
      return no;
    },
    interim: (id, text) => own('insertAnswer', { CVPL_NO: id, ANSWER_SE: '2', ANSWER_CN: text }, 'PART_NO'),
    followUp: (id, text, files = []) => {
      const no = own('insertAddQestn', { CVPL_NO: id, QESTN_CN: text }, 'PART_NO');
      for (const file of files) attach(id, file, no);
      return no;
    },
    withdraw: (id, reason = '') => void own('cancelCvpl', { CVPL_NO: id, CNCL_RESN: reason }),
    transfer: (id, to, reason) =>
      void own('transferCvpl', { CVPL_NO: id, TRNSF_INSTT_CODE: to, TRNSF_RESN: reason }),
    setStatus: (id, code) => void own('updateSttus', { CVPL_NO: id, STTUS_CODE: code }),
    async close() {
      await app.close();
      storage.close();
    },
  };
}

const sample: Row = {
  CVPL_SJ: '특허 출원 지원금 문의',
  CVPL_CN: '올해 지원금을 이미 받은 기업도 다시 신청할 수 있나요?',
  CVPL_SE: '2',
  CTGRY_CODE: '300',
  AREA_NM: '대전',
  APLCNT_NM: '성춘향',
  CMPNY_NM: '가람정밀',
  EMAIL_ADRES: 'sung@garam.example',
  HP1: '010',
  HP2: '2345',
  HP3: '6789',
  NTCN_MTHD: '1',
};
