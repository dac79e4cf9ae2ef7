/** The operations of the service: one function for each operation of minwon.wsdl. */
import iconv from 'iconv-lite';
import { agencyCodes, categoryNames, kindNames, statusNames } from './codes.ts';
import type { Faults } from './faults.ts';
import { BoardProblem } from './problem.ts';
import type { Cvpl, Row, Storage } from './storage.ts';

export type ReplyValue = string | ReplyBody | ReplyBody[];
export interface ReplyBody {
  [name: string]: ReplyValue;
}
export type Operation = (args: Row) => ReplyBody;

const ok = { resultCode: '0000', resultMsg: '정상처리' };

/** The longest text of each column, in bytes of the board's charset. */
const limits: Record<string, number> = {
  CVPL_SJ: 600,
  CVPL_CN: 100_000,
  ANSWER_CN: 100_000,
  QESTN_CN: 100_000,
};
const complaintFields = [
  'LINK_NO',
  'CVPL_SJ',
  'CVPL_CN',
  'AREA_NM',
  'APLCNT_NM',
  'CMPNY_NM',
  'EMAIL_ADRES',
  'HP1',
  'HP2',
  'HP3',
  'NTCN_MTHD',
  'FRST_REGIST_PNTTM',
];

/** `fileUrl`: the address at which anyone who knows it can download a file. */
export function createOperations(
  storage: Storage,
  fileUrl: (id: string) => string,
  faults: Pick<Faults, 'spoilt' | 'givesAll'> = {},
): Record<string, Operation> {
  const toReply = (cvpl: Cvpl) => toReplyBody(cvpl, fileUrl);
  /** A day that does not exist, as an import from another system may have written it. */
  const asListed = (cvpl: Cvpl): ReplyBody =>
    faults.spoilt?.has(cvpl.post.CVPL_NO)
      ? { ...toReply(cvpl), LAST_UPDT_PNTTM: '20260230090000' }
      : toReply(cvpl);
  /** A write. Its fields are checked first. Then it is done once for each key. */
  const write =
    (required: string[], work: (args: Row) => Row): Operation =>
    (args) => {
      need(args, required);
      for (const [field, text] of Object.entries(args)) if (field !== 'FILE_CN') judgeText(field, text);
      const { CVPL_NO = '', PART_NO = '' } = storage.once(args.LINK_KEY ?? '', () => work(args));
      return { ...ok, CVPL_NO, ...(PART_NO && { PART_NO }) };
    };
  const addPart = (args: Row, status: string | undefined, add: () => string): Row => {
    const { post } = storage.get(args.CVPL_NO ?? '');
    const PART_NO = add();
    storage.change(post.CVPL_NO, { STTUS_CODE: status ?? post.STTUS_CODE });
    return { CVPL_NO: post.CVPL_NO, PART_NO };
  };
  const alter = (args: Row, values: Row): Row => {
    const { post } = storage.get(args.CVPL_NO ?? '');
    storage.change(post.CVPL_NO, values);
    return { CVPL_NO: post.CVPL_NO };
  };

  return {
    insertAtchFile: write(['CVPL_NO', 'FILE_NM', 'FILE_CN'], (args) => {
      const { CVPL_NO = '', PART_NO: of = '', FILE_NM: name = '', FILE_CN = '' } = args;
      const { post, answers, questions } = storage.get(CVPL_NO);
      const parts = [...answers.map((row) => row.ANSWER_NO), ...questions.map((row) => row.QESTN_NO)];
      if (of && !parts.includes(of))
        throw new BoardProblem('E004', `답변이나 질의를 찾을 수 없습니다: ${of}`);
      const content = Buffer.from(FILE_CN, 'base64');
      return {
        CVPL_NO: post.CVPL_NO,
        PART_NO: storage.addFile(CVPL_NO, of, storage.files.put({ name, content })),
      };
    }),
    selectCvplList({ FROM_PNTTM = '', PAGE_NO = '1', PAGE_SIZE = '50' }) {
      const { givesAll } = faults;
      const from = givesAll?.since === false ? '' : FROM_PNTTM;
      const size = givesAll ? 1_000_000 : Math.min(Math.max(Number(PAGE_SIZE) || 50, 1), 200);
      const posts = storage.list(from, givesAll ? 1 : Math.max(Number(PAGE_NO) || 1, 1), size);
      return { ...ok, totalCnt: String(storage.count(from)), cvplList: posts.map(asListed) };
    },
    selectCvplHoldings({ AFTER_NO = '', FROM_PNTTM = '', PAGE_SIZE = '100' }) {
      const size = Math.min(Math.max(Number(PAGE_SIZE) || 100, 1), 1000);
      return { ...ok, holdingList: storage.listByNumber(AFTER_NO, FROM_PNTTM, size).map(withoutPerson) };
    },
    selectCvplDetail: (args) => ({ ...ok, cvpl: toReply(storage.get(args.CVPL_NO ?? '')) }),
    selectCvplByLinkNo: ({ LINK_NO = '' }) => ({ ...ok, cvplList: storage.byLinkNo(LINK_NO).map(toReply) }),
    selectByLinkKey({ LINK_KEY = '' }) {
      const found = storage.byKey(LINK_KEY);
      return { ...ok, ...(found && filled({ CVPL_NO: found.CVPL_NO, PART_NO: found.PART_NO })) };
    },
    insertCvpl: write(['CVPL_SJ', 'CVPL_CN', 'APLCNT_NM'], (args) => {
      const CVPL_SE = known('CVPL_SE', args.CVPL_SE || '4', kindNames);
      const CTGRY_CODE = known('CTGRY_CODE', args.CTGRY_CODE || '900', categoryNames);
      const row = filled(Object.fromEntries(complaintFields.map((name) => [name, args[name]])));
      return { CVPL_NO: storage.file({ ...row, CVPL_SE, CTGRY_CODE, STTUS_CODE: '10' }) };
    }),
    insertAnswer: write(['CVPL_NO', 'ANSWER_SE', 'ANSWER_CN'], (args) => {
      known('ANSWER_SE', args.ANSWER_SE ?? '', { '1': '답변', '2': '중간회신' });
      const status = args.ANSWER_SE === '1' ? '40' : '30';
      return addPart(args, status, () => storage.addAnswer(args));
    }),
    insertAddQestn: write(['CVPL_NO', 'QESTN_CN'], (args) =>
      addPart(args, undefined, () => storage.addQuestion(args)),
    ),
    updateSttus: write(['CVPL_NO', 'STTUS_CODE'], (args) =>
      alter(args, { STTUS_CODE: known('STTUS_CODE', args.STTUS_CODE ?? '', statusNames) }),
    ),
    transferCvpl: write(['CVPL_NO', 'TRNSF_INSTT_CODE', 'TRNSF_RESN'], (args) => {
      const { TRNSF_INSTT_CODE = '', TRNSF_RESN = '' } = args;
      if (!agencyCodes.test(TRNSF_INSTT_CODE)) {
        throw new BoardProblem('E005', `없는 코드입니다: TRNSF_INSTT_CODE ${TRNSF_INSTT_CODE}`);
      }
      return alter(args, { STTUS_CODE: '80', TRNSF_INSTT_CODE, TRNSF_RESN });
    }),
    cancelCvpl: write(['CVPL_NO'], (args) =>
      alter(args, { STTUS_CODE: '90', CNCL_RESN: args.CNCL_RESN ?? '' }),
    ),
  };
}

function toReplyBody({ post, answers, questions, files }: Cvpl, fileUrl: (id: string) => string): ReplyBody {
  const filesOf = (no = '') =>
    files
      .filter(({ PART_NO }) => PART_NO === no)
      .map(({ ATCH_FILE_ID = '', FILE_NM = '', FILE_SIZE = '' }) => ({
        ATCH_FILE_ID,
        FILE_NM,
        FILE_SIZE,
        FILE_URL: fileUrl(ATCH_FILE_ID),
      }));
  const part = (row: Row, no: string | undefined) => ({
    ...filled({ ...row, CVPL_NO: undefined }),
    atchFileList: filesOf(no),
  });
  return {
    ...filled(post),
    answerList: answers.map((row) => part(row, row.ANSWER_NO)),
    addQestnList: questions.map((row) => part(row, row.QESTN_NO)),
    atchFileList: filesOf(),
  };
}

/** Everything that a comparison needs, without personal data. */
function withoutPerson(cvpl: Cvpl): ReplyBody {
  const { CVPL_NO, LINK_NO, CVPL_SJ, CVPL_CN, STTUS_CODE, FRST_REGIST_PNTTM } = cvpl.post;
  const told = filled({ CVPL_NO, LINK_NO, CVPL_SJ, CVPL_CN, STTUS_CODE, FRST_REGIST_PNTTM });
  const answerList = cvpl.answers.map(({ ANSWER_NO = '', ANSWER_CN = '' }) => ({ ANSWER_NO, ANSWER_CN }));
  const addQestnList = cvpl.questions.map(({ QESTN_NO = '', QESTN_CN = '' }) => ({ QESTN_NO, QESTN_CN }));
  return { ...told, answerList, addQestnList };
}

/** A reply omits empty columns. */
function filled(row: Record<string, string | undefined>): Row {
  return Object.fromEntries(
    Object.entries(row).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
}

function need(args: Row, names: string[]) {
  const missing = names.filter((name) => !args[name]);
  if (missing.length > 0) throw new BoardProblem('E001', `필수 항목이 없습니다: ${missing.join(', ')}`);
}

function known(field: string, code: string, table: Record<string, string>): string {
  if (!Object.hasOwn(table, code)) throw new BoardProblem('E005', `없는 코드입니다: ${field} ${code}`);
  return code;
}

/** The reply is in EUC-KR too. It can name a character outside EUC-KR only by its number. */
function judgeText(field: string, text: string) {
  const strange = [...text].filter((c) => c !== '?' && iconv.encode(c, 'cp949').toString('latin1') === '?');
  if (strange.length > 0) {
    const named = [...new Set(strange)].map((c) => `U+${c.codePointAt(0)?.toString(16).toUpperCase()}`);
    throw new BoardProblem('E003', `저장할 수 없는 문자입니다: ${field} ${named.join(', ')}`);
  }
  const bytes = iconv.encode(text, 'cp949').length;
  const limit = limits[field] ?? 2000;
  if (bytes > limit) {
    throw new BoardProblem('E002', `길이를 초과하였습니다: ${field} ${bytes}바이트 (최대 ${limit})`);
  }
}
