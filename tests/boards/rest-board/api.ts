import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from './api-error.ts';
import { addFaults, type Faults } from './faults.ts';
import { addFiles } from './files-api.ts';
import {
  type BoardPost,
  type BoardStore,
  categories,
  type NewPost,
  type NewReply,
  type PostChanges,
  states,
} from './store.ts';

interface Api {
  store: BoardStore;
  apiKey: string;
  faults: Faults;
}

/** The board's interface for other systems, below /api/v2/minwon. */
export async function addApi(server: FastifyInstance, { store, apiKey, faults }: Api): Promise<void> {
  addFaults(server, faults);
  server.addHook('onRequest', async (request) => {
    if (request.headers['x-api-key'] !== apiKey)
      throw new ApiError(401, 'E_KEY', '인증키가 올바르지 않습니다');
  });
  server.setErrorHandler((error, _request, reply) => {
    const { status = 400, code = 'E_REQ', message } = error as Partial<ApiError>;
    return reply.code(status).send({ result: 'ERR', code, msg: message });
  });
  addReading(server, store, faults);
  addWriting(server, store);
  await addFiles(server, store);
}

function addReading(server: FastifyInstance, store: BoardStore, faults: Faults): void {
  /** A day that does not exist, as an import from another system may have written it. */
  const asListed = (post: BoardPost) =>
    faults.spoilt?.has(String(post.mwNo)) ? { ...post, updDt: '2026-02-30 09:00:00.000' } : post;
  server.get<{ Querystring: Record<string, string | undefined> }>('/', async ({ query }) => {
    const { givesAll } = faults;
    const size = givesAll ? 1_000_000 : Math.min(Math.max(Number(query.size ?? 20), 1), 1000);
    const offset = givesAll ? 0 : (Math.max(Number(query.page ?? 1), 1) - 1) * size;
    const since = givesAll?.since === false ? '' : (query.updatedAfter ?? '');
    const list = store.listChanged(since, size, offset);
    return { result: 'OK', total: store.count(), list: list.map(asListed) };
  });
  server.get<{ Querystring: Record<string, string | undefined> }>('/short', async ({ query }) => {
    const size = Math.min(Math.max(Number(query.size ?? 20), 1), 1000);
    const offset = (Math.max(Number(query.page ?? 1), 1) - 1) * size;
    const list = store.listChanged(query.updatedAfter ?? '', size, offset);
    return { result: 'OK', list: list.map(asListed).map(asShort) };
  });
  server.get<{ Querystring: Record<string, string | undefined> }>('/holdings', async ({ query }) => {
    const size = Math.min(Math.max(Number(query.size ?? 100), 1), 1000);
    const list = store.listByNumber(Number(query.afterNo ?? 0), query.updatedAfter ?? '', size);
    return { result: 'OK', list: list.map(withoutWriter) };
  });
  server.get<Numbered>('/:no', async ({ params }) => {
    if (faults.details?.vanishing.has(params.no)) store.remove(Number(params.no));
    if (faults.details?.hidden.has(params.no)) throw new ApiError(404, 'E_NONE', '민원이 없습니다');
    return { result: 'OK', ...getPost(store, params.no) };
  });
  server.get<{ Params: { hubNo: string } }>('/by-hub-no/:hubNo', async ({ params }) => {
    const post = store.findByHubNo(params.hubNo);
    if (!post) throw new ApiError(404, 'E_NONE', '해당 허브 접수번호가 없습니다');
    return { result: 'OK', ...post };
  });
  server.get<{ Params: { key: string } }>('/by-key/:key', async ({ params }) => {
    const kept = store.findKey(params.key);
    if (!kept) throw new ApiError(404, 'E_NONE', '해당 처리키가 없습니다');
    return JSON.parse(kept.reply);
  });
}

/** As lists for people show a post: its text and its answers are on its own page. */
const asShort = ({ mwNo, subject, regDt, updDt }: BoardPost) => ({ mwNo, subject, regDt, updDt });

/** Everything that a comparison needs, without personal data. */
const withoutWriter = ({ wrtr: _writer, ...post }: BoardPost) => post;

type Numbered = { Params: { no: string } };
type Written = { status: number; reply: object };

function addWriting(server: FastifyInstance, store: BoardStore): void {
  const write =
    (work: (request: FastifyRequest<Numbered>) => Written) =>
    async (request: FastifyRequest, reply: FastifyReply) => {
      const key = request.headers['idempotency-key'];
      const run = () => work(request as FastifyRequest<Numbered>);
      const kept = typeof key === 'string' ? store.findKey(key) : undefined;
      const result = kept
        ? { status: kept.status, reply: JSON.parse(kept.reply) as object }
        : typeof key === 'string'
          ? store.once(key, run)
          : run();
      return reply.code(result.status).send(result.reply);
    };

  server.post(
    '/',
    write(({ body }) => {
      const post = checkPost(body as NewPost);
      if (post.hubNo && store.findByHubNo(post.hubNo))
        throw new ApiError(409, 'E_DUP', '이미 접수된 허브 접수번호입니다');
      return done(201, { mwNo: store.add(post).mwNo });
    }),
  );
  server.post(
    '/:no/replies',
    write(({ params, body }) => {
      const { mwNo } = getPost(store, params.no);
      const reply = body as NewReply;
      if (!reply.cn) throw new ApiError(422, 'E_CN', '답변 내용은 필수입니다');
      return done(201, { mwNo, replyNo: store.reply(mwNo, reply) });
    }),
  );
  server.post(
    '/:no/add-questions',
    write(({ params, body }) => {
      const { mwNo } = getPost(store, params.no);
      return done(201, { mwNo, seq: store.ask(mwNo, (body as { cn: string }).cn) });
    }),
  );
  server.patch(
    '/:no',
    write(({ params, body }) => update(store, params.no, checkChanges(body as PostChanges))),
  );
  server.post(
    '/:no/cancel',
    write(({ params, body }) => {
      const { rsn = null } = (body ?? {}) as { rsn?: string };
      return update(store, params.no, { state: 'CNCL', cnclRsn: rsn });
    }),
  );
}

/** A state from outside settles a transfer request that was still open. */
function update(store: BoardStore, no: string, changes: PostChanges): Written {
  const { mwNo } = getPost(store, no);
  store.change(mwNo, () => ({ ...changes, ...(changes.state && { trnsf: null }) }));
  return done(200, { mwNo });
}

function done(status: number, fields: object): Written {
  return { status, reply: { result: 'OK', ...fields } };
}

function getPost(store: BoardStore, no: string) {
  const post = store.find(Number(no));
  if (!post) throw new ApiError(404, 'E_NONE', `민원 ${no}번이 없습니다`);
  return post;
}

function checkPost(post: NewPost): NewPost {
  if (!post?.subject?.trim()) throw new ApiError(422, 'E_SUBJECT', '제목은 필수입니다');
  if (post.subject.length > 200) throw new ApiError(422, 'E_SUBJECT', '제목은 200자를 넘을 수 없습니다');
  if (!post.contents) throw new ApiError(422, 'E_CONTENTS', '내용은 필수입니다');
  if (!post.wrtr?.nm) throw new ApiError(422, 'E_WRTR', '작성자는 필수입니다');
  if (post.ctgry && !Object.hasOwn(categories, post.ctgry))
    throw new ApiError(422, 'E_CTGRY', '없는 분류입니다');
  return post;
}

function checkChanges({ subject, contents, ctgry, rgn, state }: PostChanges): PostChanges {
  if (state && !Object.hasOwn(states, state)) throw new ApiError(422, 'E_STATE', `없는 상태입니다: ${state}`);
  const changes = { subject, contents, ctgry, rgn, state };
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}
