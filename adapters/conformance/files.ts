import { ok, deepStrictEqual as same } from 'node:assert';
import { createHash, randomBytes } from 'node:crypto';
import type { AttachmentReference } from '../../schemas/index.ts';
import type { BoardAdapter, BoardRef, GivenAttachment, Outcome } from '../contract.ts';
import type { BoardFixture } from './board-fixture.ts';
import { toWords } from './in-words.ts';
import { drain, failure, type Law, need, second, until, within } from './law.ts';
import { samples, toChange } from './samples.ts';

const name = '사업 계획서 (최종).pdf';
const content = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(700_001)]);
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** The laws of `fetchAttachment`, `pushAttachment` and `findAttachment`. */
export const fileLaws: Law[] = [
  {
    name: 'a file that a post names is fetched, byte for byte',
    run: async ({ adapter, board }) => {
      const { reference, ref } = await attached({ adapter, board });
      same(reference.name, name);
      const { content: stream } = await fetchFile(adapter, reference, ref);
      const chunks: Uint8Array[] = [];
      for await (const chunk of stream) chunks.push(chunk);
      ok(chunks.length > 1, 'it comes in pieces');
      same(hashOf(Buffer.concat(chunks)), hashOf(content));
    },
  },
  {
    name: 'a file that the board does not give is an error of the contract, also in the middle',
    run: async ({ adapter, board }) => {
      const { reference, ref } = await attached({ adapter, board });
      const read = async () => {
        const { content: stream } = await fetchFile(adapter, reference, ref);
        for await (const _chunk of stream);
      };
      for (const [fault, kind] of [
        ['error-500', 'unreachable'],
        ['html', 'malformed'],
        ['busy', 'busy'],
      ] as const) {
        board.fault(fault);
        same((await failure(read)).kind, kind, fault);
      }
      board.fault('hang');
      const signal = AbortSignal.timeout(200);
      const error = await within(1200, () => failure(() => fetchFile(adapter, reference, ref, signal)));
      same(error.kind, 'unreachable');
    },
  },
  {
    name: 'a reader that stops ends the call',
    run: async ({ adapter, board }) => {
      const { reference, ref } = await attached({ adapter, board });
      const { content: stream } = await fetchFile(adapter, reference, ref);
      for await (const _chunk of stream) break;
      await within(3 * second, () => adapter.close());
    },
  },
  {
    name: 'a file is brought to the post and to an answer, once per key, byte for byte',
    run: async ({ adapter, board }) => {
      const ref = await registered(adapter);
      const answered = toChange(samples.answered, ref);
      const part = done((await adapter.push?.(answered, call('key-2'))) as Outcome);
      const first = done(await pushFile(adapter, given(ref), 'file-1'));
      same(done(await pushFile(adapter, given(ref), 'file-1')), first);
      done(await pushFile(adapter, given({ ...part, externalId: ref.externalId }, answered.event), 'file-2'));
      const held = { name, sha256: hashOf(content) };
      same(filesOf(board, ref), [
        { of: 'post', ...held },
        { of: 'reply', ...held },
      ]);
    },
  },
  {
    name: 'a connection cut after a file was written is unknown, and the board tells that it holds the file',
    run: async ({ adapter, board }) => {
      const ref = await registered(adapter);
      board.fault('reset-after-write');
      same((await pushFile(adapter, given(ref), 'file-1')).kind, 'unknown');
      board.fault('none');
      same((await findFile(adapter, ref, 'file-1'))?.externalId, ref.externalId);
      same(await findFile(adapter, ref, 'file-never'), undefined);
      same(filesOf(board, ref).length, 1);
      board.fault('error-500');
      same((await failure(() => findFile(adapter, ref, 'file-1'))).kind, 'unreachable');
    },
  },
  {
    name: 'an odd reply to a file is never done, a busy board is tried later, an unknown post is refused',
    run: async ({ adapter, board }) => {
      const ref = await registered(adapter);
      for (const [fault, kind] of [
        ['malformed', 'unknown'],
        ['html', 'unknown'],
        ['error-500', 'unknown'],
        ['busy', 'retry'],
      ] as const) {
        board.fault(fault);
        same((await pushFile(adapter, given(ref), `file-${fault}`)).kind, kind, fault);
      }
      board.fault('none');
      same((await pushFile(adapter, given({ externalId: '99999999' }), 'file-1')).kind, 'refused');
    },
  },
  {
    name: 'a file that is given up while it is brought is unknown, and no more of it is read',
    run: async ({ adapter, board }) => {
      const ref = await registered(adapter);
      const before = board.requests();
      const stopping = new AbortController();
      async function* endless() {
        yield content.subarray(0, 1000);
        // Some boards count a request only when they have read all of it. This law never lets them.
        await until(() => board.requests() > before, 500).catch(() => undefined);
        stopping.abort();
        yield content.subarray(1000);
      }
      const outcome = await within(3 * second, () =>
        pushFile(adapter, { ...given(ref), content: endless() }, 'file-1', stopping.signal),
      );
      same(outcome.kind, 'unknown');
      same(filesOf(board, ref), []);
      same((await pushFile(adapter, given(ref), 'file-2', AbortSignal.abort())).kind, 'retry');
    },
  },
];

const call = (key: string, signal = AbortSignal.timeout(5 * second)) => ({ key, signal });

/** Creates a post of the board's own with a file. Returns how its mapping names the file. */
async function attached({ adapter, board }: Pick<BoardFixture, 'adapter' | 'board'>) {
  need(adapter.fetchAttachment, 'its board gives no files out (no fetchAttachment)');
  const externalId = board.file('첨부가 있는 민원');
  need(board.attach, 'the fixture adds no files');
  board.attach(externalId, { name, content });
  const result = await adapter.normalise((await drain(adapter)).posts.at(-1)?.raw);
  const { content: text, answers = [] } = result.ok ? result.post : {};
  const [reference] = [text, ...answers].flatMap((part) => part?.attachments ?? []);
  ok(reference, toWords(result));
  return { reference, ref: { externalId } };
}

async function fetchFile(
  adapter: BoardAdapter,
  reference: AttachmentReference,
  ref: BoardRef,
  signal = AbortSignal.timeout(5 * second),
) {
  need(adapter.fetchAttachment, 'its board gives no files out (no fetchAttachment)');
  return adapter.fetchAttachment({ reference, ref }, signal);
}

async function registered(adapter: BoardAdapter): Promise<BoardRef> {
  need(adapter.pushAttachment, 'its board takes no files (no pushAttachment)');
  return done((await adapter.push?.(toChange(samples.registered), call('key-1'))) as Outcome);
}

function filesOf(board: BoardFixture['board'], { externalId }: BoardRef) {
  need(board.files, 'the fixture shows no files');
  return board.files(externalId);
}

async function* inPieces() {
  for (let at = 0; at < content.length; at += 10_000) yield content.subarray(at, at + 10_000);
}

function given(ref: BoardRef, event = toChange(samples.registered).event): GivenAttachment {
  const { complaint, role } = toChange(samples.registered);
  const attachment = {
    id: '01934a52-7c3e-7000-8000-00000000000a',
    name,
    mediaType: 'application/pdf',
    size: content.length,
    sha256: hashOf(content),
  };
  return { attachment, event, complaint, role, ref, content: inPieces() };
}

async function pushFile(adapter: BoardAdapter, file: GivenAttachment, key: string, signal?: AbortSignal) {
  need(adapter.pushAttachment, 'its board takes no files (no pushAttachment)');
  return adapter.pushAttachment(file, call(key, signal));
}

async function findFile(adapter: BoardAdapter, ref: BoardRef, key: string) {
  need(adapter.findAttachment, 'its board cannot be asked for files (no findAttachment)');
  return adapter.findAttachment(given(ref), call(key));
}

function done(outcome: Outcome): BoardRef {
  ok(outcome.kind === 'done', toWords(outcome));
  return outcome.ref;
}
