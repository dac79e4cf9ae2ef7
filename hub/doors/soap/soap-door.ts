import { readFileSync } from 'node:fs';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { FindAgencyByKey } from '../../access/api-keys.ts';
import type { Attachments } from '../../attachments/attachments.ts';
import type { Accept } from '../../exchange/incoming.ts';
import type { Store } from '../../store/database.ts';
import { createAgencyCalls } from '../agency-calls.ts';
import { authenticate } from './credentials.ts';
import { mustUnderstandAll, readEnvelope, type SoapVersion, versionByContentType } from './envelope.ts';
import { toFault, toSoapRefusal } from './fault.ts';
import { mustFindOperation } from './operations.ts';
import { escapeXml, hubNamespace } from './values.ts';

export interface SoapDoorDependencies {
  store: Store;
  accept: Accept;
  attachments: Attachments;
  findAgencyByKey: FindAgencyByKey;
  log: Logger;
  /** How callers reach the hub; without it, the address by which they asked. */
  publicUrl?: string | undefined;
}

const bodyLimit = 1024 * 1024;
const mediaTypes = ['text/xml', 'application/soap+xml', 'application/xml'];

/** SOAP 1.1 and 1.2 for partner agencies: what schemas/hub.wsdl describes, at `/v1` below the prefix. */
export async function soapDoor(app: FastifyInstance, dependencies: SoapDoorDependencies): Promise<void> {
  const { findAgencyByKey, log, publicUrl } = dependencies;
  const calls = createAgencyCalls(dependencies, 'soap');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(mediaTypes, { parseAs: 'buffer', bodyLimit }, (_request, body, done) =>
    done(null, body),
  );

  function sendFault(request: FastifyRequest, reply: FastifyReply, version: SoapVersion, error: unknown) {
    if (!toSoapRefusal(error))
      log.error({ err: error, request: request.id }, 'a call at the SOAP door failed');
    const { status, body } = toFault(version, error);
    return sendEnvelope(reply.status(status), version, body);
  }
  app.setErrorHandler((error, request, reply) =>
    sendFault(request, reply, versionByContentType(request.headers['content-type']), error),
  );

  app.post('/v1', { bodyLimit }, async (request, reply) => {
    let version = versionByContentType(request.headers['content-type']);
    try {
      const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const envelope = readEnvelope(bytes, request.headers['content-type']);
      version = envelope.version;
      mustUnderstandAll(envelope);
      const agency = await authenticate(findAgencyByKey, envelope.headers, request.headers.authorization);
      const { name } = envelope.operation;
      const content = await mustFindOperation(envelope.operation).perform(calls, agency, envelope.operation);
      return sendEnvelope(
        reply,
        version,
        `<${name}Response xmlns="${hubNamespace}">${content}</${name}Response>`,
      );
    } catch (error) {
      return sendFault(request, reply, version, error);
    }
  });

  const wsdl = readSchema('hub.wsdl');
  const xsd = readSchema('hub.xsd');
  app.get<{ Querystring: Record<string, unknown> }>('/v1', async (request, reply) => {
    const asked = new Set(Object.keys(request.query).map((name) => name.toLowerCase()));
    const base = publicUrl?.replace(/\/+$/, '') ?? `${request.protocol}://${request.host}`;
    const address = escapeXml(`${base}${request.routeOptions.url}`);
    if (asked.has('xsd')) return reply.type('text/xml; charset=utf-8').send(xsd);
    if (asked.has('wsdl'))
      return reply.type('text/xml; charset=utf-8').send(
        wsdl
          // A function, because `$` in a replacement text has a meaning of its own.
          .replaceAll('http://127.0.0.1:8080/soap/v1', () => address)
          .replace('schemaLocation="hub.xsd"', () => `schemaLocation="${address}?xsd"`),
      );
    return reply
      .status(405)
      .header('allow', 'POST')
      .type('text/plain; charset=utf-8')
      .send('Send SOAP by POST. The description is at ?wsdl.\n');
  });
}

const readSchema = (file: string) =>
  readFileSync(new URL(`../../../schemas/${file}`, import.meta.url), 'utf8');

function sendEnvelope(reply: FastifyReply, version: SoapVersion, body: string): FastifyReply {
  return reply
    .type(version.contentType)
    .send(
      `<?xml version="1.0" encoding="UTF-8"?>\n<soap:Envelope xmlns:soap="${version.namespace}"><soap:Body>${body}</soap:Body></soap:Envelope>`,
    );
}
