import { expect } from 'vitest';
import type { OpenSoapDoor } from './open-soap-door.ts';

export const soap11 = 'http://schemas.xmlsoap.org/soap/envelope/';
export const soap12 = 'http://www.w3.org/2003/05/soap-envelope';

export interface Reply {
  status: number;
  type: string | null;
  xml: string;
}

export async function sendTo(
  { url, keys }: Pick<OpenSoapDoor, 'url'> & { keys: { alpha: string } },
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const response = await fetch(url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'text/xml', authorization: `Bearer ${keys.alpha}`, ...headers },
  });
  return { status: response.status, type: response.headers.get('content-type'), xml: await response.text() };
}

export const envelope = (body: string, header = '', namespace = soap11) =>
  `<s:Envelope xmlns:s="${namespace}"><s:Header>${header}</s:Header><s:Body>${body}</s:Body></s:Envelope>`;

export const fields: Record<string, string> = {
  title: '<title>수출 문의</title>',
  body: '<body>내용</body>',
  kind: '<kind>query</kind>',
  category: '<category>수출</category>',
  complainant: '<complainant><name>김민원</name></complainant>',
  filedAt: '<filedAt>2026-11-20T09:30:00+09:00</filedAt>',
};
/** A registration with some of the fields replaced; an empty text leaves one out. */
export const registration = (externalId: string, replaced: Record<string, string> = {}) =>
  `<RegisterComplaint xmlns="urn:minwon-hub:v1"><externalId>${externalId}</externalId><content>${Object.values(
    {
      ...fields,
      ...replaced,
    },
  ).join('')}</content></RegisterComplaint>`;

export const element = (name: string, { xml }: Reply) =>
  new RegExp(`<(?:\\w+:)?${name}(?: [^>]*)?>([^<]*)<`).exec(xml)?.[1];
export const problemFields = ({ xml }: Reply) =>
  [...xml.matchAll(/<field>([^<]*)</g)].map(([, field]) => field);

export function expectFault(reply: Reply, code: string): void {
  expect(reply.status).toBe(500);
  expect(reply.type).toBe('text/xml; charset=utf-8');
  expect(element('faultcode', reply)).toBe(code === 'unavailable' ? 'soap:Server' : 'soap:Client');
  expect(element('code', reply)).toBe(code);
  expect(reply.xml).not.toMatch(/\bat .*\.(ts|js):|node_modules/);
}
