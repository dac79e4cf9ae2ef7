import { XMLBuilder } from 'fast-xml-parser';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isXmlType, XmlError } from '../../../adapters/kit/text/soap-xml.ts';
import { readEnvelope, type SoapEnvelope, type SoapVersion, soap11, soap12 } from '../soap/envelope.ts';
import { sendEnvelope } from '../soap/reply.ts';

/** SOAP 1.2 has its own media type (RFC 3902). A call of SOAP 1.1 has SOAPAction (SOAP 1.1, 6.1.1). */
export function versionByHeaders(headers: FastifyRequest['headers']): SoapVersion | undefined {
  if (/^application\/soap\+xml\b/i.test(headers['content-type'] ?? '')) return soap12;
  return headers.soapaction === undefined ? undefined : soap11;
}

/** The envelope of a SOAP call. Undefined: another document, or no XML. Errors: XmlError, EnvelopeError. */
export function findEnvelope(body: Buffer, contentType: string | undefined): SoapEnvelope | undefined {
  if (!isXmlType(contentType ?? '')) return undefined;
  try {
    return readEnvelope(body, contentType);
  } catch (error) {
    if (error instanceof XmlError && error.reason.code === 'no_envelope') return undefined;
    throw error;
  }
}

const builder = new XMLBuilder({
  attributeNamePrefix: '@',
  ignoreAttributes: false,
  suppressBooleanAttributes: false,
  suppressEmptyNode: true,
});

/** Sends what the agency's mapping answers, in the format of the request. Undefined: the hub's own reply is due. */
export function sendOwnReply(
  reply: FastifyReply,
  { soapVersion, headers }: FastifyRequest,
  own: unknown,
): FastifyReply | undefined {
  if (soapVersion) {
    const body = own === undefined ? '' : builder.build(own);
    return sendEnvelope(reply, soapVersion, { header: '', body });
  }
  if (own === undefined) return undefined;
  if (!isXmlType(headers['content-type'] ?? '')) return reply.send(own);
  return reply
    .type('text/xml; charset=utf-8')
    .send(`<?xml version="1.0" encoding="UTF-8"?>\n${builder.build(own)}`);
}
