import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { element, envelope, expectFault, registration, sendTo, soap11, soap12 } from './calls.ts';
import { type OpenSoapDoor, openSoapDoor } from './open-soap-door.ts';

/** Headers of WS-Addressing, and of others that must be understood. */

let doors: OpenSoapDoor;
beforeAll(async () => {
  doors = await openSoapDoor();
});
afterAll(async () => {
  expect(doors.errors).toEqual([]);
  await doors.close();
});

const current = 'http://www.w3.org/2005/08/addressing';
const older = 'http://schemas.xmlsoap.org/ws/2004/08/addressing';
const anonymous: Record<string, string> = {
  [current]: `${current}/anonymous`,
  [older]: `${older}/role/anonymous`,
};

interface Given {
  replyTo?: string;
  more?: string;
  soap?: string;
}

/** What WCF, Axis2 and CXF send, each header marked. */
function headers(
  namespace: string,
  { replyTo = anonymous[namespace], more = '', soap = soap11 }: Given = {},
) {
  const mark = `xmlns:e="${soap}" e:mustUnderstand="1"`;
  return [
    `<a:Action ${mark} xmlns:a="${namespace}">urn:minwon-hub:v1:RegisterComplaint</a:Action>`,
    `<a:MessageID xmlns:a="${namespace}">urn:uuid:1&amp;2</a:MessageID>`,
    `<a:ReplyTo xmlns:a="${namespace}"><a:Address>${replyTo}</a:Address></a:ReplyTo>`,
    `<a:To ${mark} xmlns:a="${namespace}">http://hub.example/soap/v1</a:To>`,
    more,
  ].join('');
}

describe.each([current, older])('WS-Addressing %s', (namespace) => {
  it('is understood and answered, in both versions of SOAP', async () => {
    for (const soap of [soap11, soap12]) {
      const header = headers(namespace, { soap });
      const reply = await sendTo(doors, envelope(registration(`wsa-${soap}`), header, soap));
      expect(reply.status).toBe(200);
      expect(reply.xml).toContain(`<wsa:RelatesTo xmlns:wsa="${namespace}">urn:uuid:1&amp;2</wsa:RelatesTo>`);
      // WSDL 1.1 without wsaw:Action: namespace, port type and output, joined as the namespace is written.
      expect(element('Action', reply)).toBe('urn:minwon-hub:v1:Hub:RegisterComplaintResponse');
    }
  });

  it('is answered in a fault too', async () => {
    const reply = await sendTo(doors, envelope(registration('x'.repeat(300)), headers(namespace)));
    expectFault(reply, 'invalid');
    expect(element('Action', reply)).toBe('urn:minwon-hub:v1:Hub:RegisterComplaint:Fault:refusal');
    expect(element('RelatesTo', reply)).toBe('urn:uuid:1&amp;2');
  });

  it('does not make the hub call an address', async () => {
    const header = headers(namespace, { replyTo: 'http://127.0.0.1:1/victim' });
    const reply = await sendTo(doors, envelope(registration('victim'), header));
    expect(element('faultcode', reply)).toBe('wsa:OnlyAnonymousAddressSupported');
    expect(element('faultstring', reply)).toContain(anonymous[namespace]);
    expect(element('Action', reply)).toBe(`${namespace}/fault`);
    const other = headers(namespace, { replyTo: 'http://127.0.0.1:1/victim', soap: soap12 });
    const reply12 = await sendTo(doors, envelope(registration('victim'), other, soap12));
    expect(reply12.status).toBe(400);
    expect(reply12.xml).toMatch(
      /<soap:Value>soap:Sender<\/soap:Value><soap:Subcode><soap:Value [^>]*>wsa:Only/,
    );
  });

  it('has each header once', async () => {
    const more = `<a:Action xmlns:a="${namespace}">urn:other</a:Action>`;
    const reply = await sendTo(doors, envelope(registration('twice'), headers(namespace, { more })));
    expect(element('faultcode', reply)).toBe('wsa:InvalidAddressingHeader');
  });
});

describe('headers that must be understood', () => {
  const unknown = (name: string, soap: string, more = '') =>
    `<x:${name} xmlns:x="urn:x" xmlns:e="${soap}" e:mustUnderstand="true" ${more}/>`;

  it('are each named in SOAP 1.2 (part 1, 5.4.8)', async () => {
    const header = `${unknown('One', soap12)}${unknown('Two', soap12)}<x:Three xmlns:x="urn:x"/>`;
    const { status, xml } = await sendTo(doors, envelope(registration('mu'), header, soap12));
    expect(status).toBe(500);
    expect(xml).toMatch(
      /<soap:Header><soap:NotUnderstood qname="n:One" xmlns:n="urn:x"\/><soap:NotUnderstood qname="n:Two" xmlns:n="urn:x"\/><\/soap:Header><soap:Body>/,
    );
    expect(xml).not.toContain('Three');
  });

  it('of another role are not for the hub', async () => {
    for (const [soap, attribute] of [
      [soap11, 'actor'],
      [soap12, 'role'],
    ] as const) {
      const forOther = unknown('Log', soap, `e:${attribute}="urn:proxy"`);
      const reply = await sendTo(doors, envelope(registration(`role-${attribute}`), forOther, soap));
      expect(reply.status).toBe(200);
    }
    const next = 'e:actor="http://schemas.xmlsoap.org/soap/actor/next"';
    const reply = await sendTo(doors, envelope(registration('next'), unknown('Log', soap11, next)));
    expect(element('faultcode', reply)).toBe('soap:MustUnderstand');
  });

  it('a version that is unknown is answered with those that are (part 1, 5.4.7)', async () => {
    const sent = { 'content-type': 'application/soap+xml' };
    const { xml } = await sendTo(doors, envelope('<a/>', '', 'urn:soap'), sent);
    expect(xml).toContain(`<soap:SupportedEnvelope qname="e:Envelope" xmlns:e="${soap12}"/>`);
    expect(xml).toContain('soap:VersionMismatch');
  });
});
