import type { FastifyInstance, FastifyRequest } from 'fastify';
import { toDownloadHeaders } from '../../attachments/download-headers.ts';
import type { AttachmentCalls } from '../attachment-calls.ts';
import { Refusal } from '../problem.ts';

type OfComplaint = { Params: { receiptNumber: string } };
type OfFile = { Params: { receiptNumber: string; id: string } };

/** Milliseconds. */
const afterRefusal = 2000;

/**
 * Files at the REST door. The body of a request or reply is the file itself, of any media type, streamed both ways:
 *
 * - `POST /attachments?name=…`: a file that something will name by the `id` of the reply, within a day
 * - `GET /complaints/…/attachments`: the files of a complaint, and how far each has come
 * - `GET /complaints/…/attachments/…`: the content
 * - `PUT /complaints/…/attachments/…`: the content of a file that this agency named without it
 *
 * `Content-Digest` with sha-256 (RFC 9530) is checked where it is sent.
 */
export function attachmentRoutes(app: FastifyInstance, calls: AttachmentCalls): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));

  // Who goes on sending after an answer gets a moment to read it; an endless body must not keep its connection.
  app.addHook('onResponse', async ({ raw }) => {
    if (!raw.complete) setTimeout(() => raw.destroy(), afterRefusal).unref();
  });

  app.post<{ Querystring: { name?: string } }>('/attachments', async (request, reply) => {
    const file = { name: getName(request.query.name), ...toFile(request) };
    const upload = await calls.upload(request.entry.caller, file);
    return reply.status(201).send(upload);
  });

  app.get<OfComplaint>('/complaints/:receiptNumber/attachments', async (request) => {
    return { attachments: await calls.list(request.entry.caller, request.params.receiptNumber) };
  });

  app.get<OfFile>('/complaints/:receiptNumber/attachments/:id', async (request, reply) => {
    const { receiptNumber, id } = request.params;
    const { attachment, content } = await calls.open(request.entry.caller, receiptNumber, id);
    return reply.headers(toDownloadHeaders(attachment)).send(content);
  });

  app.put<OfFile>('/complaints/:receiptNumber/attachments/:id', async (request, reply) => {
    const { receiptNumber, id } = request.params;
    await calls.supply(request.entry.caller, receiptNumber, id, toFile(request));
    return reply.status(204).send();
  });
}

function getName(name = ''): string {
  if (name.trim() !== '' && name.length <= 255) return name;
  const message =
    'is required: the name of the file with its ending, percent-encoded UTF-8, at most 255 characters';
  throw new Refusal('invalid', undefined, [{ pointer: '/name', message }]);
}

/** The body as it comes. Not destroyed when it is refused in the middle: the caller must hear why. */
function toFile(request: FastifyRequest) {
  const { raw } = request;
  const length = request.headers['content-length'];
  return {
    content: {
      [Symbol.asyncIterator]: () => raw.iterator({ destroyOnReturn: false }),
    } as AsyncIterable<Buffer>,
    size: length === undefined ? undefined : Number(length),
    sha256: toSha256(request.headers['content-digest']),
  };
}

/** sha-256=:base64: (RFC 9530, 2). Beside it others are left alone; alone they would let a signed file go unchecked. */
function toSha256(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  const [, base64] = /(?:^|,)\s*sha-256=:([A-Za-z0-9+/]{43}=):/.exec(String(header)) ?? [];
  if (!base64) throw new Refusal('malformed', 'the Content-Digest of a file has to name its sha-256');
  return Buffer.from(base64, 'base64').toString('hex');
}
