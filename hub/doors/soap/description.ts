import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { toDescribedUrl } from '../../http/base-url.ts';
import { escapeXml } from './values.ts';

const readSchema = (file: string) =>
  readFileSync(new URL(`../../../schemas/${file}`, import.meta.url), 'utf8');

/** The same description for SOAP 1.2. Only the namespace of its binding differs. */
export const toSoap12 = (wsdl: string): string =>
  wsdl
    .replace('http://schemas.xmlsoap.org/wsdl/soap/', 'http://schemas.xmlsoap.org/wsdl/soap12/')
    .replaceAll('HubSoap11', 'HubSoap12');

/** Serves `?wsdl`, `?wsdl12` and `?xsd` of the door, with the hub's own address in them. */
export function serveDescription(app: FastifyInstance, publicUrl: string | undefined): void {
  const wsdl = readSchema('hub.wsdl');
  const descriptions = new Map([
    ['xsd', readSchema('hub.xsd')],
    ['wsdl12', toSoap12(wsdl)],
    ['wsdl', wsdl],
  ]);
  app.get<{ Querystring: Record<string, unknown> }>('/v1', async (request, reply) => {
    const asked = new Set(Object.keys(request.query).map((name) => name.toLowerCase()));
    const text = [...descriptions].find(([name]) => asked.has(name))?.[1];
    if (!text)
      return reply
        .status(405)
        .header('allow', 'POST')
        .type('text/plain; charset=utf-8')
        .send('Send SOAP by POST. The description is at ?wsdl, for SOAP 1.2 at ?wsdl12.\n');
    const address = escapeXml(`${toDescribedUrl(publicUrl, request)}${request.routeOptions.url}`);
    // The description holds no personal data. Toolkits may keep it, and ask whether it has changed.
    return reply
      .header('cache-control', 'no-cache')
      .type('text/xml; charset=utf-8')
      .send(
        text
          // A function is used, because `$` in a replacement text has a meaning of its own.
          .replaceAll('http://127.0.0.1:8080/soap/v1', () => address)
          .replace('schemaLocation="hub.xsd"', () => `schemaLocation="${address}?xsd"`),
      );
  });
}
