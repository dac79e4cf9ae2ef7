import { Readable } from 'node:stream';
import multipart from '@fastify/multipart';
import { create } from 'content-disposition';
import type { FastifyInstance } from 'fastify';
import { readForm } from '../file-storage.ts';
import { ApiError } from './api-error.ts';
import type { BoardStore, FilePlace } from './store.ts';

const largestFile = 200 * 1024 * 1024;

/**
 * Files of posts, replies and questions. Downloads are plain; uploads are multipart/form-data with `replyNo` or `seq`.
 */
export async function addFiles(server: FastifyInstance, store: BoardStore): Promise<void> {
  await server.register(multipart, { limits: { fileSize: largestFile } });

  server.get<{ Params: { no: string; fileNo: string } }>('/:no/files/:fileNo', async ({ params }, reply) => {
    const file = store.files.find(Number(params.fileNo));
    const isOfPost = file && JSON.stringify(store.find(Number(params.no))).includes(`"fileNo":${file.no},`);
    if (!file || !isOfPost) throw new ApiError(404, 'E_FILE', '첨부파일이 없습니다');
    return reply
      .type('application/octet-stream')
      .header('content-length', file.size)
      .header('content-disposition', create(file.name))
      .send(Readable.from(store.files.read(file.no)));
  });

  server.post<{ Params: { no: string } }>('/:no/files', async (request, reply) => {
    const key = request.headers['idempotency-key'];
    const kept = typeof key === 'string' ? store.findKey(key) : undefined;
    if (kept) return reply.code(kept.status).send(JSON.parse(kept.reply));
    const { fields, stored } = await readForm(request.parts(), store.files);
    const [file] = stored;
    if (!file) throw new ApiError(422, 'E_FILE', '첨부파일이 없습니다');
    const place: FilePlace = {
      ...(fields.replyNo && { replyNo: Number(fields.replyNo) }),
      ...(fields.seq && { seq: Number(fields.seq) }),
    };
    const mwNo = Number(request.params.no);
    const attach = () => {
      if (!store.attach(mwNo, file, place)) throw new ApiError(404, 'E_NONE', `민원 ${mwNo}번이 없습니다`);
      return { status: 201, reply: { result: 'OK', mwNo, fileNo: file.no } };
    };
    const result = typeof key === 'string' ? store.once(key, attach) : attach();
    return reply.code(result.status).send(result.reply);
  });
}
