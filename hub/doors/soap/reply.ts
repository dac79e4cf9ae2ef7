import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isRelated } from '../../../adapters/kit/http/multipart-related.ts';
import { toXopMessage } from '../../../adapters/kit/http/xop.ts';
import type { SoapVersion } from './envelope.ts';

/** A file of a reply that stands beside the envelope. */
interface ReplyFile {
  mediaType: string;
  size: number;
  content: Readable;
}

/** What an operation answers. */
export interface Answer {
  /** The elements of the reply. `include`: the element that stands for the file. */
  toXml(include: string): string;
  file?: ReplyFile;
}

/**
 * True if the caller reads MTOM: it sent the call so, or Accept names XOP. `multipart/related` alone in Accept is not
 * enough, because Axis 1.4 and SAAJ say that of attachments without XOP.
 */
export const takesXop = ({ headers }: Pick<FastifyRequest, 'headers'>): boolean =>
  isRelated(headers['content-type']) || /\bapplication\/xop\+xml\b/i.test(headers.accept ?? '');

interface Envelope {
  header: string;
  body: string;
}

const toEnvelope = ({ namespace }: SoapVersion, { header, body }: Envelope): string => {
  const before = header === '' ? '' : `<soap:Header>${header}</soap:Header>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<soap:Envelope xmlns:soap="${namespace}">${before}<soap:Body>${body}</soap:Body></soap:Envelope>`;
};

export const sendEnvelope = (reply: FastifyReply, version: SoapVersion, envelope: Envelope): FastifyReply =>
  reply.type(version.contentType).send(toEnvelope(version, envelope));

/** `toBody`: the body with the answer's elements in it. */
export function sendAnswer(
  reply: FastifyReply,
  version: SoapVersion,
  header: string,
  { toXml, file }: Answer,
  toBody: (content: string) => string,
): FastifyReply {
  if (!file) return sendEnvelope(reply, version, { header, body: toBody(toXml('')) });
  const message = toXopMessage(
    version.contentType,
    (include) => Buffer.from(toEnvelope(version, { header, body: toBody(toXml(include)) })),
    file,
  );
  return reply
    .header('content-length', message.length)
    .type(message.contentType)
    .send(Readable.from(message.body, { objectMode: false }));
}
