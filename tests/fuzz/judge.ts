import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { Shot } from './seeds.ts';

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  milliseconds: number;
}

/** What tells of the inside: stacks, paths, SQL, names of what the hub is made of. What is sent does not hold them. */
const inside =
  /\bat \S+ \(|\bat async |node_modules|hub\/doors|\.ts:\d+|violates \w+ constraint|duplicate key value|relation "|SQLSTATE|invalid byte sequence|TypeError|ReferenceError|RangeError|Cannot read prop|is not a function|fastify|saxes|xmldom|xml-crypto|fast-xml|typebox|PostgreSQL|undici|root:x:0/i;
const telling = ['server', 'x-powered-by', 'via'];
/** Milliseconds; as long as the hub gives a client for its request. What an attack costs is shown, not judged: it depends on the machine. */
const slowest = 30_000;
const parser = new XMLParser({ removeNSPrefix: true, parseTagValue: false });

/** What is wrong with an answer; undefined: it is one that may be given to anybody. */
export function findFlaw({ door, method }: Shot, answer: Answer): string | undefined {
  const { status, headers, text, milliseconds } = answer;
  const leak = inside.exec(text);
  if (leak) return `it tells of the inside: ${leak[0]}`;
  const header = telling.find((name) => headers[name] !== undefined);
  if (header) return `it has a header ${header}`;
  if (milliseconds > slowest) return `it took ${milliseconds} ms`;
  if (status < 200 || status === 503) return `its status is ${status}`;
  if (method === 'HEAD' || method === 'OPTIONS') return status >= 500 ? `its status is ${status}` : undefined;
  return door === 'soap' ? findSoapFlaw(method, answer) : findRestFlaw(answer);
}

/** A fault of SOAP 1.1 has the status 500 (WS-I Basic Profile 1.1, R1126); what it says must be the caller's mistake. */
function findSoapFlaw(method: string, { status, text }: Answer): string | undefined {
  if (method !== 'POST') return status >= 500 ? `its status is ${status}` : undefined;
  if (XMLValidator.validate(text) !== true) return 'it is no XML';
  const body = parser.parse(text).Envelope?.Body;
  if (!body) return 'it is no envelope';
  if (!body.Fault) return status === 200 ? undefined : `it is no fault, and its status is ${status}`;
  const { faultcode, Code, detail, Detail } = body.Fault;
  const code = String(faultcode ?? Code?.Value);
  const refusal = (detail ?? Detail)?.refusal;
  if (!/:(Client|Sender|VersionMismatch|MustUnderstand)$/.test(code)) return `the fault's code is ${code}`;
  if (!refusal?.code || refusal.code === 'unavailable') return `the refusal's code is ${refusal?.code}`;
  return undefined;
}

function findRestFlaw({ status, headers, text }: Answer): string | undefined {
  if (status >= 500) return `its status is ${status}`;
  if (status < 400) return undefined;
  if (!String(headers['content-type']).startsWith('application/problem+json'))
    return `its status is ${status}, and it is no problem+json`;
  const { type } = JSON.parse(text) as { type?: unknown };
  return typeof type === 'string' ? undefined : 'the problem has no type';
}
