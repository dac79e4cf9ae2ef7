import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { AttachmentSummary, Upload } from '../../../schemas/index.ts';
import { toReason } from '../../../schemas/reason.ts';
import { toDownloadHeaders } from '../../attachments/download-headers.ts';
import { toContent } from '../../http/body-stream.ts';
import { Refusal } from '../../http/problem.ts';
import type { AttachmentCalls } from '../calls/attachment-calls.ts';
import { streamBodies } from '../json/stream-bodies.ts';
import { describe, ReceiptParams } from './describe.ts';
import * as examples from './examples.ts';

type OfComplaint = { Params: { receiptNumber: string } };
type OfFile = { Params: { receiptNumber: string; id: string } };

const FileParams = Type.Object({
  ...ReceiptParams.properties,
  id: Type.String({ minLength: 1, maxLength: 40, description: 'As the list of files gives it' }),
});
const digest =
  'The body is the file as it is, streamed. `Content-Digest` with sha-256 (RFC 9530) is checked where it is sent; what the file is, the hub finds out by itself.';

/** Only describes the header; {@link toSha256} checks it. */
const FileHeaders = Type.Object({
  'content-digest': Type.Optional(
    Type.String({
      description:
        'SHA-256 of the body (RFC 9530): a file that lost or changed a byte on the way is refused.',
      examples: ['sha-256=:n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=:'],
    }),
  ),
});

const schemas = {
  put: describe({
    operation: 'putAttachment',
    tag: 'attachments',
    headers: FileHeaders,
    body: 'file',
    summary: 'Send a file before what names it',
    description: `${digest} Within a day its \`id\` goes into the \`attachments\` of a complaint, an answer or a follow-up.`,
    query: Type.Object({ name: Type.String({ maxLength: 255, description: 'Its name with its ending' }) }),
    replies: { 201: { description: 'Taken in.', schema: Upload, example: examples.uploadExample } },
  }),
  list: describe({
    operation: 'listAttachments',
    tag: 'attachments',
    params: ReceiptParams,
    summary: 'The files of a complaint, and how far each has come',
    replies: {
      200: {
        description: 'In the order of its events.',
        schema: Type.Object({ attachments: Type.Array(AttachmentSummary) }, { additionalProperties: false }),
        example: examples.attachmentsExample,
      },
    },
    problems: [404],
  }),
  get: describe({
    operation: 'getAttachment',
    tag: 'attachments',
    params: FileParams,
    summary: 'Read a file',
    replies: {
      200: {
        description: 'The file, with its own media type.',
        headers: ['Content-Disposition', 'Repr-Digest'],
        file: true,
      },
    },
    problems: [404],
  }),
  supply: describe({
    operation: 'supplyAttachment',
    tag: 'attachments',
    params: FileParams,
    headers: FileHeaders,
    body: 'file',
    summary: 'Send a file that your agency named without it',
    description: digest,
    replies: { 204: { description: 'Taken in, now or before.', nothing: true } },
    problems: [404],
  }),
};

/** Files at the REST door. The body of a request or reply is the file itself, of any media type, streamed both ways. */
export function attachmentRoutes(app: FastifyInstance, calls: AttachmentCalls): void {
  // A schema cannot check a stream: the reader of the stream does.
  const sending = { ...streamBodies(app), validatorCompiler: () => () => true };

  app.post<{ Querystring: { name?: string } }>(
    '/attachments',
    { schema: schemas.put, ...sending },
    async (request, reply) => {
      const file = { name: getName(request.query.name), ...toFile(request) };
      return reply.status(201).send(await calls.upload(request.entry.caller, file));
    },
  );

  const all = '/complaints/:receiptNumber/attachments';
  app.get<OfComplaint>(all, { schema: schemas.list }, async (request) => ({
    attachments: await calls.list(request.entry.caller, request.params.receiptNumber),
  }));

  app.get<OfFile>(`${all}/:id`, { schema: schemas.get }, async (request, reply) => {
    const { receiptNumber, id } = request.params;
    const { attachment, content } = await calls.open(request.entry.caller, receiptNumber, id);
    return reply.headers(toDownloadHeaders(attachment)).send(content);
  });

  app.put<OfFile>(`${all}/:id`, { schema: schemas.supply, ...sending }, async (request, reply) => {
    const { receiptNumber, id } = request.params;
    await calls.supply(request.entry.caller, receiptNumber, id, toFile(request));
    return reply.status(204).send();
  });
}

function getName(name = ''): string {
  if (name.trim() !== '' && name.length <= 255) return name;
  throw new Refusal('invalid', undefined, [{ pointer: '/name', reason: toReason('file_name_required') }]);
}

function toFile(request: FastifyRequest) {
  const length = request.headers['content-length'];
  const size = length === undefined ? undefined : Number(length);
  const content = toContent(request);
  return {
    content: size !== undefined && size <= longestStandIn ? refuseStandIn(content) : content,
    size,
    sha256: toSha256(request.headers['content-digest']),
  };
}

/**
 * What JavaScript makes of a file that is written as JSON or as text. Generated clients send it if they do not know that a
 * body is binary (orval 7 with fetch does). The file would be lost, and nobody would see it before an officer opens it.
 */
const standIn =
  /^(?:\{\}|"?\{\}"?|null|undefined|\[object (?:Object|Blob|File|ArrayBuffer|Uint8Array|ReadableStream|FormData)\])$/;
const longestStandIn = 32;

async function* refuseStandIn(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of content) chunks.push(chunk);
  const file = Buffer.concat(chunks);
  if (standIn.test(file.toString('latin1').trim()))
    throw new Refusal('invalid', undefined, [{ pointer: '', reason: toReason('file_written_as_json') }]);
  yield file;
}

/**
 * Reads sha-256=:base64: (RFC 9530, 2). Other digests beside it are ignored. Other digests alone are refused: a signed
 * file would go unchecked.
 */
function toSha256(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  const [, base64] = /(?:^|,)\s*sha-256=:([A-Za-z0-9+/]{43}=):/.exec(String(header)) ?? [];
  if (!base64) throw new Refusal('malformed', 'the Content-Digest of a file has to name its sha-256');
  return Buffer.from(base64, 'base64').toString('hex');
}
