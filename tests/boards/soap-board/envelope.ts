/** SOAP 1.1 messages, as this board reads and writes them. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import iconv from 'iconv-lite';
import type { ReplyBody, ReplyValue } from './operations.ts';
import { SoapFault } from './problem.ts';
import type { Row } from './storage.ts';

// htmlEntities also enables numeric references, which PHP writes for every carriage return.
const parser = new XMLParser({
  ignoreAttributes: false,
  removeNSPrefix: true,
  parseTagValue: false,
  htmlEntities: true,
});

export interface Call {
  operation: string;
  args: Row;
  /** The wsse:UsernameToken, if there is one. */
  token: Record<string, unknown> | undefined;
}

type Node = Record<string, unknown>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** The text of an element, with or without attributes. Nil and empty both give the empty text. */
export function textOf(value: unknown): string {
  if (isNode(value)) return textOf(value['#text'] ?? '');
  return typeof value === 'string' ? value : '';
}

/** Reads a request in EUC-KR or UTF-8. Throws a Client fault if it cannot be read. */
export function readCall(bytes: Buffer, contentType: string): Call {
  const declared = /encoding\s*=\s*["']([\w-]+)/.exec(bytes.subarray(0, 100).toString('latin1'))?.[1];
  const charset = /charset="?([\w-]+)/i.exec(contentType)?.[1] ?? declared ?? 'euc-kr';
  if (!/^(euc-kr|utf-8)$/i.test(charset)) throw new SoapFault('Client', `unsupported charset ${charset}`);
  const xml = iconv.decode(bytes, charset).trimStart();
  if (xml.includes('<!DOCTYPE') || xml.includes('<!ENTITY')) {
    throw new SoapFault('Client', 'DTD is not allowed');
  }
  if (XMLValidator.validate(xml) !== true) throw new SoapFault('Client', 'request is not well-formed');
  const envelope = parser.parse(xml).Envelope;
  const body = isNode(envelope) && isNode(envelope.Body) ? envelope.Body : {};
  const [operation, fields] = Object.entries(body).find(([name]) => !name.startsWith('@_')) ?? [];
  if (!operation) throw new SoapFault('Client', 'no operation in soap:Body');
  return { operation, args: argsOf(fields), token: tokenOf(envelope as Node) };
}

function argsOf(fields: unknown): Row {
  if (!isNode(fields)) return {};
  const named = Object.entries(fields).filter(([name]) => !/^(@_|#)/.test(name));
  return Object.fromEntries(named.map(([name, value]) => [name, textOf(value).replaceAll(/\r?\n/g, '\r\n')]));
}

function tokenOf(envelope: Node): Node | undefined {
  const header = envelope.Header;
  const security = isNode(header) ? header.Security : undefined;
  const token = isNode(security) ? security.UsernameToken : undefined;
  return isNode(token) ? token : undefined;
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replaceAll(/[&<>"]/g, (c) => escapes[c] ?? c);

function element(name: string, value: ReplyValue): string {
  if (Array.isArray(value)) return value.map((item) => element(name, item)).join('');
  if (typeof value === 'string') return `<${name}>${escaped(value)}</${name}>`;
  return `<${name}>${children(value)}</${name}>`;
}
const children = (body: ReplyBody) =>
  Object.entries(body)
    .map(([name, value]) => element(name, value))
    .join('');

const envelope = (body: string) =>
  `<?xml version="1.0" encoding="EUC-KR"?>\n<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;

export function writeReply(operation: string, body: ReplyBody): string {
  const name = `ns2:${operation}Response`;
  return envelope(`<${name} xmlns:ns2="http://ws.minwon.techno.example/">${children(body)}</${name}>`);
}

export function writeFault(fault: SoapFault): string {
  const { code, message } = fault;
  const qualified = code.includes(':') ? code : `soapenv:${code}`;
  return envelope(
    `<soapenv:Fault xmlns:wsse="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"><faultcode>${qualified}</faultcode><faultstring>${escaped(message)}</faultstring></soapenv:Fault>`,
  );
}
