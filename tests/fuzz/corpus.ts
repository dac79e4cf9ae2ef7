/** Attacks that have a name. `body` makes one of a well made request. */
interface Attack {
  door: 'soap' | 'rest';
  name: string;
  body(good: string): string;
  headers?: Record<string, string>;
}

const declare = (dtd: string, inside: string) => (good: string) =>
  `<?xml version="1.0"?>${dtd}${good.replace(/<\?xml[^>]*\?>/, '').replace(/(<receiptNumber>|<title>)[^<]*/, `$1${inside}`)}`;
const bomb = Array.from({ length: 20 }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`).join('');
const inCall = (xml: string) => (good: string) => good.replace(/(<s:Body[^>]*>)(<\w+[^>]*>)/, `$1$2${xml}`);
const inHeader = (xml: string) => (good: string) => good.replace('<s:Header>', `<s:Header>${xml}`);
const deep = (open: string, close: string, times: number) => open.repeat(times) + close.repeat(times);
const attributes = (count: number, of: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => of(n)).join(' ');

const soap: [string, Attack['body']][] = [
  ['external entity', declare('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>', '&x;')],
  ['parameter entity', declare('<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x.dtd"> %x;]>', '1')],
  ['external DTD', declare('<!DOCTYPE a PUBLIC "-//x//y" "http://127.0.0.1:1/x.dtd">', '1')],
  ['billion laughs', declare(`<!DOCTYPE a [<!ENTITY e0 "ha">${bomb}]>`, '&e20;')],
  ['quadratic blow-up', declare(`<!DOCTYPE a [<!ENTITY e "${'x'.repeat(50_000)}">]>`, '&e;'.repeat(10_000))],
  [
    'XInclude',
    inCall('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'),
  ],
  [
    'schemaLocation',
    (good) =>
      good.replace(
        '<s:Envelope',
        '<s:Envelope xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:schemaLocation="urn:x http://127.0.0.1:1/x.xsd"',
      ),
  ],
  [
    'stylesheet',
    (good) => `<?xml-stylesheet href="http://127.0.0.1:1/x.xsl"?>${good.replace(/<\?xml [^>]*\?>/, '')}`,
  ],
  ['deep nesting', inCall(deep('<a>', '</a>', 20_000))],
  ['deep nesting, unfinished', inCall('<a>'.repeat(100_000))],
  ['flood of elements', inCall('<a/>'.repeat(100_000))],
  ['flood of attributes', inCall(`<a ${attributes(60_000, (n) => `a${n}=""`)}/>`)],
  ['flood of prefixes', inCall(`<a ${attributes(20_000, (n) => `xmlns:a${n}="u"`)}/>`)],
  ['long name', inCall(`<${'a'.repeat(500_000)}/>`)],
  ['long attribute', inCall(`<a b="${'x'.repeat(800_000)}"/>`)],
  ['long text', inCall('x'.repeat(900_000))],
  ['flood of references', inCall('&#65;'.repeat(150_000))],
  ['flood of comments', inCall('<!-- -->'.repeat(100_000))],
  ['flood of instructions', inCall('<?a b?>'.repeat(100_000))],
  ['flood of sections', inCall('<![CDATA[x]]>'.repeat(60_000))],
  ['more than the door takes', inCall(' '.repeat(1_200_000))],
  ['coercive headers', inHeader('<x xmlns="urn:x">1</x>'.repeat(3000))],
  ['header to be understood', inHeader('<x xmlns="urn:x" s:mustUnderstand="1"/>')],
  [
    'two security headers',
    inHeader(
      '<w:Security xmlns:w="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"/>'.repeat(
        2,
      ),
    ),
  ],
  [
    'signature with XPath in its URI',
    inHeader(signature(`#x' or '1'='1`, 'http://www.w3.org/2001/10/xml-exc-c14n#')),
  ],
  ['signature with XSLT', inHeader(signature('#x', 'http://www.w3.org/TR/1999/REC-xslt-19991116'))],
  [
    'signature of the web',
    inHeader(signature('http://127.0.0.1:1/', 'http://www.w3.org/2001/10/xml-exc-c14n#')),
  ],
  [
    'signature of a file',
    inHeader(signature('file:///etc/passwd', 'http://www.w3.org/2001/10/xml-exc-c14n#')),
  ],
  [
    'RPC with an array',
    (good) =>
      good.replace(
        /<s:Body>.*<\/s:Body>/s,
        '<s:Body><m:GetComplaint xmlns:m="urn:minwon-hub:v1" s:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><item href="#1"/></m:GetComplaint></s:Body>',
      ),
  ],
  [
    'a fault as request',
    (good) =>
      good.replace(/<s:Body>.*<\/s:Body>/s, '<s:Body><s:Fault><faultcode>x</faultcode></s:Fault></s:Body>'),
  ],
];

function signature(uri: string, transform: string): string {
  return `<w:Security xmlns:w="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"><Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo><CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/><SignatureMethod Algorithm="http://www.w3.org/2000/09/xmldsig#hmac-sha1"/><Reference URI="${uri}"><Transforms><Transform Algorithm="${transform}"/></Transforms><DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><DigestValue>AA==</DigestValue></Reference></SignedInfo><SignatureValue>AA==</SignatureValue></Signature></w:Security>`;
}

const rest: [string, Attack['body']][] = [
  ['deep lists', () => deep('[', ']', 200_000)],
  ['deep lists, unfinished', () => '['.repeat(900_000)],
  ['deep objects', () => `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`],
  ['deep objects where one is expected', (good) => good.replace(/"[^"]*"}/, `${deep('[', ']', 20_000)}}`)],
  ['prototype', (good) => good.replace('{', '{"__proto__":{"polluted":true},')],
  ['prototype by escapes', (good) => good.replace('{', '{"\\u005f_proto__":{"polluted":true},')],
  [
    'prototype of the constructor',
    (good) => good.replace('{', '{"constructor":{"prototype":{"polluted":true}},'),
  ],
  ['keys twice', (good) => good.replace(/("\w+":)("[^"]*")/, '$1$2,$1"other"')],
  ['many keys', (good) => good.replace('{', `{${Array.from({ length: 60_000 }, (_, n) => `"k${n}":${n}`)},`)],
  [
    'keys that collide in careless tables',
    (good) => good.replace('{', `{${Array.from({ length: 30_000 }, (_, n) => `"${n * 1024}":0`)},`),
  ],
  ['huge number', (good) => good.replace(/:"[^"]*"/, `:1${'0'.repeat(100_000)}`)],
  ['huge text', (good) => good.replace(/:"[^"]*"/, `:"${'x'.repeat(900_000)}"`)],
  ['huge e-mail address', (good) => good.replace(/"email":"[^"]*"/, `"email":"${'a@'.repeat(100_000)}"`)],
  [
    'text that slows patterns down',
    (good) => good.replace(/"filedAt":"[^"]*"/, `"filedAt":"${'1'.repeat(300_000)}"`),
  ],
  ['more than the door takes', (good) => good + ' '.repeat(1_200_000)],
  ['NaN', (good) => good.replace(/:"[^"]*"/, ':NaN')],
  ['JSON of another encoding', (good) => `\ufeff${good}`],
  ['NUL', (good) => good.replace(/:"/, ':"\\u0000')],
  ['half a pair', (good) => good.replace(/:"/, ':"\\ud83d')],
];

const part = (head: string, body: string) => `--b\r\n${head}\r\n\r\n${body}\r\n`;
const named = (name: string) => `content-disposition: form-data; name="${name}"; filename="a.pdf"`;
const parted = { 'content-type': 'multipart/related; type="text/xml"; boundary=b' };
/** In the place of what a door expects, as it is or with a Content-Type that promises it. */
const multipart: [string, Attack['body']][] = [
  ['a part without an end', (good) => part(named('file'), good)],
  ['a part without a head', (good) => `--b\r\n\r\n${good}\r\n--b--`],
  ['a head without an end', () => `--b\r\n${'x: y\r\n'.repeat(20_000)}`],
  ['a boundary that comes inside', (good) => part(named('a'), `--b${good}--b--`)],
  ['thousands of parts', () => `${part(named('a'), '1').repeat(8_000)}--b--`],
  [
    'the name of a prototype',
    (good) => `${part(named('__proto__'), good)}${part(named('constructor'), good)}--b--`,
  ],
  ['a name that leads away', (good) => `${part(named('../../etc/passwd\\0'), good)}--b--`],
  [
    'an include of XOP',
    (good) =>
      `${part('content-type: application/xop+xml; type="text/xml"\r\ncontent-id: <root>', good.replace('</s:Body>', '<x:Include xmlns:x="http://www.w3.org/2004/08/xop/include" href="cid:other"/></s:Body>'))}--b--`,
  ],
];

export const corpus: Attack[] = [
  ...(['soap', 'rest'] as const).flatMap((door) =>
    multipart.flatMap(([name, body]): Attack[] => [
      { door, name, body },
      { door, name, body, headers: parted },
    ]),
  ),
  ...soap.map(([name, body]): Attack => ({ door: 'soap', name, body })),
  ...rest.map(([name, body]): Attack => ({ door: 'rest', name, body })),
];
