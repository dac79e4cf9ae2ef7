import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Type } from 'typebox';
import {
  AttachmentContent,
  AttachmentSummary,
  compile,
  EnclosedFile,
  Upload,
} from '../../../schemas/index.ts';
import { toReason } from '../../../schemas/reason.ts';
import { Refusal } from '../../http/problem.ts';
import { mustPass } from '../calls/agency-calls.ts';
import {
  type Call,
  checkElement,
  closed,
  define,
  type Operation,
  receiptNumber,
} from './define-operation.ts';
import { findHref, toXmlChildren, WrittenXml } from './values.ts';

/** Bytes of the largest envelope: one that brings a file. */
export const largestCall = 8 * 1024 * 1024;
/**
 * Bytes of the largest file in an envelope: in base64 it is as large as the largest call. Larger files go beside the
 * envelope (MTOM), or through the REST door.
 */
const mostInEnvelope = (largestCall / 4) * 3;

const fileId = Type.String({ minLength: 1, maxLength: 40 });

/** The bytes of a file: beside the envelope, or in it. Errors: Refusal, RelatedError. */
function toBytes(content: string, { enclosed }: Call): AsyncIterable<Uint8Array> {
  const href = findHref(content);
  if (href === undefined || !enclosed) return Readable.from([fromBase64(content)]);
  return enclosed.take(href);
}

/** Errors: Refusal. Buffer ignores characters that are no base64, so the bytes must encode to the same text. */
function fromBase64(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') === text) return bytes;
  throw new Refusal('invalid', undefined, [{ pointer: '/content', reason: toReason('base64') }]);
}

const { content, sha256 } = EnclosedFile.properties;
const asked = Type.Object({ receiptNumber, id: fileId }, closed);
const given = Type.Object({ attachment: AttachmentContent }, closed);
const checkAsked = compile(asked);

/** A file in the envelope, or beside it for a caller that reads that. */
const getAttachment: Operation = {
  request: asked,
  response: given,
  async perform(call) {
    const { receiptNumber: number, id } = mustPass(checkElement(call.element, asked, checkAsked));
    const most = call.takesXop ? undefined : mostInEnvelope;
    const { attachment, content } = await call.files.open(call.caller, number, id, most);
    const { name, mediaType, size, sha256 } = attachment;
    const told = { name, mediaType: mediaType ?? '', sha256: sha256 ?? '' };
    if (call.takesXop && size !== null) {
      const toXml = (include: string) =>
        toXmlChildren({ attachment: { ...told, size, content: new WrittenXml(include) } }, given);
      return { toXml, file: { mediaType: 'application/octet-stream', size, content } };
    }
    const bytes = await buffer(content);
    const whole = { ...told, size: bytes.length, content: bytes.toString('base64') };
    return { toXml: () => toXmlChildren({ attachment: whole }, given) };
  },
};

export const attachmentOperations = {
  PutAttachment: {
    ...define(
      EnclosedFile,
      Type.Object({ upload: Upload }, closed),
      async ({ name, content, sha256 }, call) => ({
        upload: await call.files.upload(call.caller, { name, content: toBytes(content, call), sha256 }),
      }),
    ),
    bodyLimit: largestCall,
  },
  ListAttachments: define(
    Type.Object({ receiptNumber }, closed),
    Type.Object({ attachments: Type.Array(AttachmentSummary) }, closed),
    async (value, { files, caller }) => ({ attachments: await files.list(caller, value.receiptNumber) }),
  ),
  GetAttachment: getAttachment,
  SupplyAttachment: {
    ...define(
      Type.Object({ receiptNumber, id: fileId, content, sha256 }, closed),
      Type.Object({ attachment: AttachmentSummary }, closed),
      async ({ receiptNumber, id, content, sha256 }, call) => {
        const { files, caller } = call;
        await files.supply(caller, receiptNumber, id, { content: toBytes(content, call), sha256 });
        const attachment = (await files.list(caller, receiptNumber)).find((one) => one.id === id);
        if (!attachment) throw new Refusal('not-found');
        return { attachment };
      },
    ),
    bodyLimit: largestCall,
  },
} satisfies Record<string, Operation>;
