/** The SOAP service. It reads the call, authenticates the caller, does the work, and applies the current fault. */
import { readFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import { readCall, writeFault, writeReply } from './envelope.ts';
import { answerInstead, type Faults, isInstead, modeFor, sendReply } from './faults.ts';
import type { Operation, ReplyBody } from './operations.ts';
import { BoardProblem, SoapFault } from './problem.ts';
import type { createTokenCheck } from './username-token.ts';

export interface ServiceParts {
  operations: Record<string, Operation>;
  faults: Faults;
  checkToken: ReturnType<typeof createTokenCheck>;
}

export const servicePath = '/ws/minwon';
const wsdlFile = new URL('minwon.wsdl', import.meta.url);

export function registerService(app: FastifyInstance, parts: ServiceParts) {
  const { faults } = parts;
  app.addContentTypeParser(
    /^(text\/xml|application\/(soap\+)?xml)/,
    { parseAs: 'buffer' },
    (_request, body, done) => done(null, body),
  );
  app.get(servicePath, async (request, reply) => {
    const address = `http://${request.headers.host}${servicePath}`;
    const wsdl = await readFile(wsdlFile, 'utf8');
    const located = wsdl.replace(/(soap:address location=")[^"]*/, `$1${address}`);
    return reply.type('text/xml; charset=utf-8').send(faults.publish?.(located) ?? located);
  });
  app.post<{ Body: Buffer }>(servicePath, async (request, reply) => {
    faults.requests++;
    const { operation, status, xml } = perform(parts, request.body, request.headers['content-type'] ?? '');
    const mode = modeFor(faults, operation);
    if (!isInstead(mode)) return sendReply(mode, reply, status, xml);
    return answerInstead(mode, reply, (resultCode, resultMsg) =>
      writeReply(operation, { resultCode, resultMsg }),
    );
  });
}

interface Performed {
  operation: string;
  status: number;
  xml: string;
}

function perform({ operations, faults, checkToken }: ServiceParts, body: Buffer, type: string): Performed {
  let operation = '';
  try {
    const call = readCall(body, type);
    operation = call.operation;
    checkToken(call.token);
    const work = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
    if (!work) throw new SoapFault('Client', `unknown operation ${operation}`);
    const result = inMode(faults, operation, () => work(call.args));
    return { operation, status: 200, xml: writeReply(operation, result) };
  } catch (error) {
    return { operation, ...failure(operation, error) };
  }
}

/** Does nothing in a mode that replies instead. `reordered` reverses the children. */
function inMode(faults: Faults, operation: string, work: () => ReplyBody): ReplyBody {
  const mode = modeFor(faults, operation);
  if (isInstead(mode)) return {};
  const body = work();
  return mode === 'reordered' ? Object.fromEntries(Object.entries(body).reverse()) : body;
}

function failure(operation: string, error: unknown): { status: number; xml: string } {
  if (error instanceof BoardProblem) {
    const xml = writeReply(operation, { resultCode: error.code, resultMsg: error.message });
    return { status: 200, xml };
  }
  const fault = error instanceof SoapFault ? error : new SoapFault('Server', 'internal error');
  return { status: 500, xml: writeFault(fault) };
}
