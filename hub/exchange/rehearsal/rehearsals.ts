import { randomUUID } from 'node:crypto';
import { BoardError } from '../../../adapters/contract.ts';
import {
  type Agency,
  type ComplaintContent,
  compile,
  type Language,
  Post,
  type Problem,
  type Upload,
} from '../../../schemas/index.ts';
import { AttachmentError } from '../../attachments/attachment-error.ts';
import type { Attachments } from '../../attachments/attachments.ts';
import { contactCentre } from '../../complaints/speakers.ts';
import { stageOf, trialDesk } from '../../configuration/stages/stage-of.ts';
import type { Store } from '../../store/database.ts';
import { recordReadThrough } from '../../store/states/board-state.ts';
import type { BesideBoard } from '../boards/agent-board.ts';
import type { Boards } from '../boards/boards.ts';
import type { Accept, Accepted } from '../intake/incoming.ts';
import { type Checklist, computeProofs, readChecklist } from './checklist.ts';
import { proveBoard, saveProofs } from './evidence.ts';
import { type Doer, noteTest } from './note-test.ts';
import { restartRehearsal } from './prune-rehearsed.ts';
import type { TestFile } from './read-tests.ts';
import { clearLeft, removeTests } from './remove-tests.ts';
import { makeSampleFile } from './sample-file.ts';
import { type TestDirection, type TestEntry, type TestRegister, toMarkText } from './test-register.ts';

/** What a person asks for when he makes a test complaint. */
interface WantedTest {
  agency: string;
  direction: TestDirection;
  address: string;
  language: Language;
  title: string;
  body: string;
  category?: string;
  region?: string;
  /** Whether a sample file goes with it, to prove the way of files. Only a test that goes to the board carries one. */
  withFile?: boolean;
}

type MadeTest = { ok: true; test: TestEntry } | { ok: false; problems: Problem[] };

/** What people do on the way from rehearsal to live. */
export interface Rehearsals {
  checklist(agency: Agency): Promise<Checklist>;
  /** Asks the board whatever can be asked without writing, and keeps what it says as evidence. */
  prove(agency: Agency, user: string): Promise<void>;
  /** Forgets what the rehearsal has read, and reads the board from the beginning. */
  restart(agency: string, by: Doer): Promise<void>;
  /** Errors: AttachmentError, if its file cannot be kept now. */
  makeTest(wanted: WantedTest, by: Doer): Promise<MadeTest>;
  /** Answers, as the trial desk, a test that was filed on the board. Errors: AttachmentError. */
  answerTest(
    test: Pick<TestFile, 'complaintId' | 'lastSeq' | 'agency' | 'mark'>,
    said: { text: string; key: string; name: string; withFile?: boolean },
    by: Doer,
  ): Promise<Accepted>;
  removeTests(agency: Agency, by: Doer): Promise<number>;
  clearLeft(agency: string, id: string, by: Doer): Promise<void>;
}

export interface RehearsalDependencies {
  store: Store;
  /** The store on the tables of test complaints. */
  trialStore: Store;
  boards: Boards;
  /** Takes in what belongs to tests. */
  accept: Accept;
  register: TestRegister;
  /** Keeps a file on the tables of test complaints. */
  keepFile: Attachments['upload'];
}

export function createRehearsals(dependencies: RehearsalDependencies): Rehearsals {
  const { store, trialStore, boards } = dependencies;
  return {
    checklist: (agency) => readChecklist(store, agency),
    async prove(agency, user) {
      const board = boards.find(agency.code);
      if (!board) return;
      await saveProofs(store.pool, agency.code, await proveBoard(board, user));
      if (board.beside && stageOf(agency) !== 'live')
        await readThrough(trialStore, board.beside, agency.code);
    },
    async restart(agency, by) {
      await restartRehearsal(store, trialStore, agency, by);
      // An agent reads its board by itself: it is asked to begin anew, and nobody waits until it has.
      void boards
        .find(agency)
        ?.beside?.poll(true, AbortSignal.timeout(anewWithin))
        .catch(() => undefined);
    },
    makeTest: (wanted, by) => makeTest(dependencies, wanted, by),
    answerTest: (test, said, by) => answerTest(dependencies, test, said, by),
    removeTests: async (agency, by) =>
      removeTests(store, { agency: agency.code, by, proofs: await computeProofs(store, agency) }),
    clearLeft: (agency, id, by) => clearLeft(store, agency, id, by),
  };
}

/** Milliseconds. */
const anewWithin = 600_000;
const throughWithin = 60_000;

/** Has an agent read its board to the end, so that the hub knows that it has seen all. A failure shows in the checks. */
async function readThrough({ pool }: Store, beside: BesideBoard, agency: string): Promise<void> {
  const since = new Date();
  try {
    await beside.poll(false, AbortSignal.timeout(throughWithin));
  } catch (error) {
    if (error instanceof BoardError) return;
    throw error;
  }
  await recordReadThrough(pool, agency, since);
}

/** A test that goes to the board is a complaint at once. One that comes from the board is a mark until it is read there. */
async function makeTest(
  { register, accept, keepFile }: RehearsalDependencies,
  wanted: WantedTest,
  by: Doer,
): Promise<MadeTest> {
  const { agency, direction, address, language, withFile } = wanted;
  const checked = checkPost({ content: toContent({ mark: sampleMark, madeBy: by.actor }, wanted) });
  if (!checked.ok) return checked;
  const test = await register.add({ agency, direction, address, language }, by);
  if (direction === 'from_board') return { ok: true, test };
  try {
    const files = withFile ? [await keepFile(contactCentre, makeSampleFile(test.mark))] : [];
    const content = { ...toContent(test, wanted), ...toAttachments(files) };
    const accepted = await accept({
      agency: contactCentre,
      source: 'console',
      externalId: test.id,
      version: '1',
      raw: { test: test.mark },
      normalised: { ok: true, post: { content } },
      user: by.actor,
    });
    if (!('receiptNumber' in accepted)) {
      await register.drop(test, by);
      return { ok: false, problems: accepted.problems };
    }
    await register.noteComplaint(test.mark, accepted);
    const { complaintId, receiptNumber } = accepted;
    return { ok: true, test: { ...test, complaintId, receiptNumber } };
  } catch (error) {
    if (error instanceof AttachmentError) await register.drop(test, by);
    throw error;
  }
}

async function answerTest(
  { store, accept, keepFile }: RehearsalDependencies,
  { complaintId, lastSeq, agency, mark }: Pick<TestFile, 'complaintId' | 'lastSeq' | 'agency' | 'mark'>,
  { text, key, name, withFile }: Parameters<Rehearsals['answerTest']>[1],
  by: Doer,
): Promise<Accepted> {
  const files = withFile ? [await keepFile(trialDesk, makeSampleFile(mark))] : [];
  const answer = { text, officer: { name }, ...toAttachments(files) };
  const accepted = await accept({
    agency: trialDesk,
    source: 'console',
    externalId: key,
    version: '1',
    raw: { text },
    normalised: { ok: true, post: { answers: [answer] } },
    complaintId: complaintId ?? '',
    expectedSeq: lastSeq,
    user: by.actor,
  });
  if (accepted.outcome === 'applied')
    await store.db.transaction().execute((trx) => noteTest(trx, by, 'test.answered', agency, { mark }));
  return accepted;
}

const toAttachments = (files: Upload[]) =>
  files.length === 0 ? {} : { attachments: files.map(({ id, name, size }) => ({ id, name, size })) };

const checkPost = compile(Post);
/** As long as a real one. */
const sampleMark = 'AAAAAAAA';

const toContent = (
  { mark, madeBy }: Pick<TestEntry, 'mark' | 'madeBy'>,
  { title, body, category, region, address, language }: WantedTest,
): ComplaintContent => ({
  title: `${toMarkText(mark)} ${title}`,
  body,
  kind: 'query',
  ...(category && { category }),
  ...(region && { region }),
  complainant: { name: madeBy, email: address, notifyBy: 'email', language },
  filedAt: new Date().toISOString(),
});

/** The key of a form, so that it is applied once however often it is sent. */
export const newFormKey = (): string => randomUUID();
