import { randomUUID } from 'node:crypto';
import { digestToken, signEnvelope, soap11, type TestCertificate, wsse } from '../hub/doors/soap/signing.ts';

/** One request, in all that a client decides. */
export interface Shot {
  door: 'soap' | 'rest';
  method: string;
  path: string;
  headers: Record<string, string>;
  /** Sent beside the others, whatever stands there already. */
  more?: [name: string, value: string][];
  body: Buffer;
}

export interface Ammunition {
  key: string;
  secret: string;
  receiptNumber: string;
  /** Absent: there is no openssl to make one. */
  certificate?: TestCertificate | undefined;
}

const soap12 = 'http://www.w3.org/2003/05/soap-envelope';
const content = {
  title: '수출 신고 문의',
  body: '신고 절차를 알려 주십시오.',
  kind: 'query',
  category: '수출',
  complainant: { name: '김민원', email: 'kim@example.kr', phone: '+821012345678' },
  filedAt: '2026-11-20T09:30:00+09:00',
};
const pdf = Buffer.from('%PDF-1.7\n가나다');
const toXml = (value: unknown): string =>
  typeof value === 'object' && value !== null
    ? Object.entries(value)
        .map(([name, inner]) => `<${name}>${toXml(inner)}</${name}>`)
        .join('')
    : String(value);

const call = (operation: string, value: object) =>
  `<${operation} xmlns="urn:minwon-hub:v1">${toXml(value)}</${operation}>`;

function listCalls(receiptNumber: string): string[] {
  return [
    call('RegisterComplaint', { externalId: `fuzz-${randomUUID()}`, content }),
    call('UpdateComplaint', { receiptNumber, content, expectedSeq: 1 }),
    call('AddAnswer', { receiptNumber, answer: { text: '답변', officer: { name: '이담당' } } }),
    call('AddInterimAnswer', { receiptNumber, answer: { text: '확인 중' } }),
    call('AddFollowUp', { receiptNumber, followUp: { text: '질의' }, idempotencyKey: 'k' }),
    call('ChangeStatus', { receiptNumber, status: 'in_progress' }),
    call('TransferComplaint', { receiptNumber, transfer: { to: 'gamma', reason: '소관' } }),
    call('WithdrawComplaint', { receiptNumber, withdrawal: { reason: '취하' } }),
    call('TakeStep', { receiptNumber, step: { kind: 'extended', days: 1, reason: '확인' } }),
    call('GetClock', { receiptNumber }),
    call('ListContributions', { receiptNumber }),
    call('ListOwedContributions', {}),
    call('ListConsents', { receiptNumber }),
    call('GiveConsent', { receiptNumber, given: { agency: 'beta', purpose: 'contact', version: '1' } }),
    call('WithdrawConsent', { receiptNumber, withdrawal: { agency: 'beta', purpose: 'contact' } }),
    call('GetComplaint', { receiptNumber }),
    call('ListEvents', { receiptNumber }),
    call('SearchComplaints', { search: { text: '수출', limit: 5, after: 'abc' } }),
    call('FetchChanges', { request: { after: '1', limit: 5, wait: 0 } }),
    call('AcknowledgeChanges', { acknowledgement: { changes: { receiptNumber, seq: 1, refused: 'x' } } }),
    call('PutAttachment', { name: '신고서.pdf', content: pdf.toString('base64') }),
    call('ListAttachments', { receiptNumber }),
    call('GetAttachment', { receiptNumber, id: randomUUID() }),
    call('SupplyAttachment', { receiptNumber, id: randomUUID(), content: pdf.toString('base64') }),
    call('RunBatch', { items: { receiptNumber, followUp: { text: '질의' } } }),
    call('GetLedger', { from: '2026-11-01', to: '2026-11-20' }),
  ];
}

const mtom =
  'multipart/related; type="application/xop+xml"; boundary="b"; start="<root>"; start-info="text/xml"';

/** A file beside its envelope (MTOM). */
function toMtom(root: string): string {
  const part = (id: string, type: string, content: string) =>
    `\r\n--b\r\nContent-Type: ${type}\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <${id}>\r\n\r\n${content}`;
  return `${part('root', 'application/xop+xml; type="text/xml"', root)}${part('f@x', 'application/pdf', String(pdf))}\r\n--b--\r\n`;
}

/** Headers as toolkits with WS-Addressing send them. */
const addressed = (name: string) =>
  `<a:Action xmlns:a="http://www.w3.org/2005/08/addressing" s:mustUnderstand="1">urn:minwon-hub:v1:${name}</a:Action><a:MessageID xmlns:a="http://www.w3.org/2005/08/addressing">urn:uuid:${randomUUID()}</a:MessageID><a:ReplyTo xmlns:a="http://www.w3.org/2005/08/addressing"><a:Address>http://www.w3.org/2005/08/addressing/anonymous</a:Address></a:ReplyTo>`;

/** Requests that are well made (most of them are also acceptable): what is mutated. */
export function makeSeeds({ key, secret, receiptNumber, certificate }: Ammunition): Shot[] {
  const bearer = { authorization: `Bearer ${key}` };
  const soap = (body: string, headers: Record<string, string>, type = 'text/xml; charset=utf-8'): Shot => ({
    door: 'soap',
    method: 'POST',
    path: '/soap/v1',
    headers: { 'content-type': type, ...headers },
    body: Buffer.from(body),
  });
  const envelope = (body: string, header = '', namespace = soap11) =>
    `<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="${namespace}"><s:Header>${header}</s:Header><s:Body>${body}</s:Body></s:Envelope>`;
  const calls = listCalls(receiptNumber);
  const read = call('GetComplaint', { receiptNumber });
  const include = '<x:Include xmlns:x="http://www.w3.org/2004/08/xop/include" href="cid:f%40x"/>';
  const beside = call('PutAttachment', { name: '신고서.pdf', content: include });
  const text = `<w:Security xmlns:w="${wsse}"><w:UsernameToken><w:Username>alpha</w:Username><w:Password>${key}</w:Password></w:UsernameToken></w:Security>`;
  return [
    ...calls.map((one) => soap(envelope(one), bearer)),
    ...calls.map((one) => soap(envelope(one, '', soap12), bearer, 'application/soap+xml; charset=utf-8')),
    ...[1, 2, 3, 4].map(() => soap(toMtom(envelope(beside)), bearer, mtom)),
    soap(envelope(read, addressed('GetComplaint')), bearer),
    soap(envelope(read, addressed('GetComplaint'), soap12), bearer, 'application/soap+xml'),
    soap(envelope(read, text), {}),
    soap(envelope(read, digestToken('alpha', secret)), {}),
    ...(certificate
      ? [soap(signEnvelope(read, certificate), {}), soap(signEnvelope(read, certificate), {})]
      : []),
    ...makeRestSeeds(receiptNumber, bearer),
  ];
}

function makeRestSeeds(receiptNumber: string, bearer: Record<string, string>): Shot[] {
  const of = `/api/v1/complaints/${receiptNumber}`;
  const send = (method: string, path: string, value?: unknown, headers = {}): Shot => ({
    door: 'rest',
    method,
    path,
    headers: { ...(value !== undefined && { 'content-type': 'application/json' }), ...bearer, ...headers },
    body: Buffer.from(value === undefined ? '' : JSON.stringify(value)),
  });
  const key = { 'idempotency-key': randomUUID() };
  const registration = { externalId: `fuzz-${randomUUID()}`, content };
  return [
    send('POST', '/api/v1/complaints', registration, key),
    send('PUT', `${of}/content`, content, { 'if-match': '"2"' }),
    send('POST', `${of}/answers`, { text: '답변', officer: { name: '이담당' } }),
    send('POST', `${of}/interim-answers`, { text: '확인 중' }),
    send('POST', `${of}/follow-ups`, { text: '질의' }, key),
    send('PUT', `${of}/status`, { status: 'in_progress' }),
    send('POST', `${of}/transfer`, { to: 'gamma', reason: '소관' }),
    send('POST', `${of}/withdrawal`, {}),
    send('POST', `${of}/steps`, { kind: 'planned', promise: '반영', reviewOn: ['2199-03-31'] }),
    send('GET', `${of}/clock`),
    send('GET', of),
    send('GET', `${of}/events`),
    send('GET', '/api/v1/complaints?text=%EC%88%98%EC%B6%9C&limit=5'),
    send('GET', '/api/v1/changes?after=1&limit=5&wait=0'),
    send('POST', '/api/v1/changes/acknowledgements', { upTo: '1' }),
    send('POST', '/api/v1/batches', { items: [{ operation: 'register', value: registration }] }),
    send('POST', '/api/v1/self-test', { text: '가' }),
    { ...send('POST', '/api/v1/attachments?name=%EA%B3%84.pdf'), body: pdf },
    { ...send('PUT', `${of}/attachments/${randomUUID()}`), body: pdf },
    send('GET', `${of}/attachments`),
    send('GET', `${of}/attachments/${randomUUID()}`),
  ];
}
