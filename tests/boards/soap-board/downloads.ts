/** The board's download page. The posts of the service name their files by addresses that contain a key. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Readable } from 'node:stream';
import { create } from 'content-disposition';
import type { FastifyInstance } from 'fastify';
import { answerInstead, type Faults, isInstead, modeFor } from './faults.ts';
import type { Storage } from './storage.ts';

const path = '/cmm/fms/FileDown.do';

export function createDownloads(storage: Storage, faults: Faults, address: () => string) {
  // The key stays the same after a restart, because posts that were read contain these addresses.
  const keyOf = (id: string) => createHmac('sha256', 'sample board').update(id).digest('hex');

  return {
    urlOf: (id: string) => `${address()}${path}?atchFileId=${id}&key=${keyOf(id)}`,
    async register(app: FastifyInstance): Promise<void> {
      app.get<{ Querystring: { atchFileId?: string; key?: string } }>(path, async ({ query }, reply) => {
        faults.requests++;
        const mode = modeFor(faults, 'FileDown');
        if (isInstead(mode)) return answerInstead(mode, reply, (code, message) => `${code} ${message}`);
        const { atchFileId = '', key = '' } = query;
        const given = Buffer.from(key);
        const wanted = Buffer.from(keyOf(atchFileId));
        const row = storage.byFileId(atchFileId);
        if (!row || given.length !== wanted.length || !timingSafeEqual(given, wanted))
          return reply.code(404).type('text/plain; charset=utf-8').send('파일이 없습니다');
        reply
          .type('application/octet-stream')
          .header('content-disposition', create(row.FILE_NM ?? ''))
          .header('content-length', row.FILE_SIZE);
        const content = storage.files.read(Number(row.FILE_NO));
        return reply.send(Readable.from(mode === 'malformed' ? cutOff(content) : content));
      });
    },
  };
}

/** Sends half of the first piece, then breaks the connection. */
function* cutOff(content: Iterable<Buffer>): Generator<Buffer> {
  for (const chunk of content) {
    yield chunk.subarray(0, Math.floor(chunk.length / 2));
    throw new Error('cut off');
  }
}
