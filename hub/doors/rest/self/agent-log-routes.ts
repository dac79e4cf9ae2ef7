import type { FastifyInstance } from 'fastify';
import { LogsWish, OwnAgentLogs } from '../../../../schemas/calls/self-calls.ts';
import { mostLogLines } from '../../../../schemas/index.ts';
import type { Engineer } from '../../../engineer/engineer.ts';
import type { AgentLogs } from '../../../exchange/agents/agent-logs.ts';
import { KeyHeader } from '../../json/write-headers.ts';
import { describe } from '../describe.ts';
import { agentLogsExample } from './self-examples.ts';
import { sendTagged, tagged } from './tagged.ts';
import { type Body, toActor, toOnce } from './to-self.ts';

/** What the agency's agent wrote in its log lately: asked for, and read. */
export function agentLogRoutes(app: FastifyInstance, { agentLogs, change }: Engineer): void {
  const get = describe({
    operation: 'getAgentLogs',
    tag: 'self',
    summary: "Your agent's log, as it was asked for: 설치형 모듈 로그",
    description: 'Kept for a day. 404: your agency is connected without an agent.',
    headers: tagged.headers,
    replies: {
      200: {
        description: 'How it stands, and the lines that came last.',
        headers: ['ETag'],
        schema: OwnAgentLogs,
        example: agentLogsExample,
      },
      ...tagged.notModified,
    },
    problems: [404],
  });
  app.get('/self/agent/logs', { schema: get }, async (request, reply) => {
    const { agency } = toActor(request, 'getAgentLogs');
    return sendTagged(request, reply, toOwnLogs(await agentLogs.read(agency)));
  });

  const ask = describe({
    operation: 'askAgentLogs',
    tag: 'self',
    summary: "Ask for your agent's newest log lines: 설치형 모듈 로그 요청",
    description:
      'Your agent sees it in its open call to the hub, or when it is back, and sends what it has kept of its log since its start, redacted as the log is. The same question again changes nothing while it waits; another one takes its place. 409: your agent was never heard of, or its version cannot send logs.',
    headers: KeyHeader,
    body: { schema: LogsWish, example: { level: 'warn', lines: 100 } },
    replies: {
      202: {
        description: 'It waits for your agent.',
        schema: OwnAgentLogs,
        example: { ...agentLogsExample, state: 'asked', sentAt: null, lines: [] },
      },
    },
    problems: [404, 409],
  });
  app.post<Body<typeof LogsWish>>('/self/agent/logs', { schema: ask }, async (request, reply) => {
    const actor = toActor(request, 'askAgentLogs');
    const { level = 'info', lines = mostLogLines } = request.body;
    await change(
      actor,
      { action: 'agent_logs', subject: `log ${level}` },
      (client) => agentLogs.ask(client, actor, { level, most: lines }),
      toOnce(request, 'askAgentLogs', () => null),
    );
    agentLogs.wake(actor.agency);
    return reply.status(202).send(toOwnLogs(await agentLogs.read(actor.agency)));
  });
}

const toOwnLogs = ({ asked, ...logs }: AgentLogs) => ({
  ...logs,
  asked: asked && { level: asked.level, lines: asked.most, by: asked.by, at: asked.at },
});
