import { randomUUID } from 'node:crypto';
import {
  type Agency,
  type ComplaintContent,
  compile,
  type Language,
  Post,
  type Problem,
} from '../../../schemas/index.ts';
import { contactCentre } from '../../complaints/speakers.ts';
import { trialDesk } from '../../configuration/stages/stage-of.ts';
import type { Store } from '../../store/database.ts';
import type { Boards } from '../boards/boards.ts';
import type { Accept, Accepted } from '../intake/incoming.ts';
import { type Checklist, computeProofs, readChecklist } from './checklist.ts';
import { proveBoard, saveProofs } from './evidence.ts';
import { restartRehearsal } from './prune-rehearsed.ts';
import { clearLeft, removeTests } from './remove-tests.ts';
import { type TestDirection, type TestEntry, type TestRegister, toMarkText } from './test-register.ts';

/** What a person asks for when he makes a test complaint. */
interface WantedTest {
  agency: string;
  direction: TestDirection;
  user: string;
  address: string;
  language: Language;
  title: string;
  body: string;
  category?: string;
  region?: string;
}

type MadeTest = { ok: true; test: TestEntry } | { ok: false; problems: Problem[] };

/** What people do on the way from rehearsal to live. */
export interface Rehearsals {
  checklist(agency: Agency): Promise<Checklist>;
  /** Asks the board whatever can be asked without writing, and keeps what it says as evidence. */
  prove(agency: Agency, user: string): Promise<void>;
  /** Forgets what the rehearsal has read, and reads the board from the beginning. */
  restart(agency: string): Promise<void>;
  makeTest(wanted: WantedTest): Promise<MadeTest>;
  /** Answers, as the trial desk, a test that was filed on the board. */
  answerTest(
    test: { complaintId: string; lastSeq: number },
    said: { text: string; key: string; user: string; name: string },
  ): Promise<Accepted>;
  removeTests(agency: Agency, user: string): Promise<number>;
  clearLeft(agency: string, id: string, user: string): Promise<void>;
}

export interface RehearsalDependencies {
  store: Store;
  /** The store on the tables of test complaints. */
  trialStore: Store;
  boards: Boards;
  /** Takes in what belongs to tests. */
  accept: Accept;
  register: TestRegister;
}

export function createRehearsals(dependencies: RehearsalDependencies): Rehearsals {
  const { store, trialStore, boards, accept, register } = dependencies;
  return {
    checklist: (agency) => readChecklist(store, agency),
    async prove(agency, user) {
      const board = boards.find(agency.code);
      if (board) await saveProofs(store.pool, agency.code, await proveBoard(board, user));
    },
    restart: (agency) => restartRehearsal(store, trialStore, agency),
    makeTest: (wanted) => makeTest(register, accept, wanted),
    answerTest: ({ complaintId, lastSeq }, { text, key, user, name }) =>
      accept({
        agency: trialDesk,
        source: 'console',
        externalId: key,
        version: '1',
        raw: { text },
        normalised: { ok: true, post: { answers: [{ text, officer: { name } }] } },
        complaintId,
        expectedSeq: lastSeq,
        user,
      }),
    removeTests: async (agency, user) =>
      removeTests(store, { agency: agency.code, user, proofs: await computeProofs(store, agency) }),
    clearLeft: (agency, id, user) => clearLeft(store, agency, id, user),
  };
}

/** A test that goes to the board is a complaint at once. One that comes from the board is a mark until it is read there. */
async function makeTest(register: TestRegister, accept: Accept, wanted: WantedTest): Promise<MadeTest> {
  const { agency, direction, user: madeBy, address, language } = wanted;
  const checked = checkPost({ content: toContent({ mark: sampleMark }, wanted) });
  if (!checked.ok) return checked;
  const test = await register.add({ agency, direction, madeBy, address, language });
  if (direction === 'from_board') return { ok: true, test };
  const accepted = await accept({
    agency: contactCentre,
    source: 'console',
    externalId: test.id,
    version: '1',
    raw: { test: test.mark },
    normalised: { ok: true, post: { content: toContent(test, wanted) } },
    user: madeBy,
  });
  if (!('receiptNumber' in accepted)) {
    await register.drop(test.id);
    return { ok: false, problems: accepted.problems };
  }
  await register.noteComplaint(test.mark, accepted);
  const { complaintId, receiptNumber } = accepted;
  return { ok: true, test: { ...test, complaintId, receiptNumber } };
}

const checkPost = compile(Post);
/** As long as a real one. */
const sampleMark = 'AAAAAAAA';

const toContent = (
  { mark }: Pick<TestEntry, 'mark'>,
  { title, body, category, region, user, address, language }: WantedTest,
): ComplaintContent => ({
  title: `${toMarkText(mark)} ${title}`,
  body,
  kind: 'query',
  ...(category && { category }),
  ...(region && { region }),
  complainant: { name: user, email: address, notifyBy: 'email', language },
  filedAt: new Date().toISOString(),
});

/** The key of a form, so that it is applied once however often it is sent. */
export const newFormKey = (): string => randomUUID();
