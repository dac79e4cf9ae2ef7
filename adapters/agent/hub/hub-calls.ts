import {
  type AgentAnswer,
  AgentChanges,
  AgentConfiguration,
  AgentEnrolled,
  type AgentOutcomes,
  AgentOutcomesTaken,
  type AgentPosts,
  AgentPostsTaken,
  type ConfigurationReport,
  fromGiven,
  type Heartbeat,
  HeartbeatReply,
  type Reason,
  RenewedKey,
  SignedConfiguration,
  toWire,
  toWireWords,
} from '../../../schemas/index.ts';
import { compileReply } from '../open-schema.ts';
import type { HubRequest, Transport } from './transport.ts';

/** Milliseconds after which the agent gives up a call. */
const timeout = 30_000;
/** The longest time, in seconds, that the hub may hold a request for changes open. */
const longPoll = 25;

const replies = {
  enrolled: compileReply(AgentEnrolled),
  renewed: compileReply(RenewedKey),
  configuration: compileReply(SignedConfiguration),
  posts: compileReply(AgentPostsTaken),
  changes: compileReply(AgentChanges),
  outcomes: compileReply(AgentOutcomesTaken),
  heartbeat: compileReply(HeartbeatReply),
};

/** Reads the document of a {@link SignedConfiguration} after its signature was verified. */
export const readConfiguration = compileReply(AgentConfiguration);

/** What an agent knows about itself and its hub. */
interface Known {
  key(): string | undefined;
  /** True: the hub takes reasons as data. A hub of an earlier version gets words. */
  takesReasons?(): boolean;
  /** True: the hub takes notices about the board. */
  takesNotices?(): boolean;
}

/** All calls of an agent to the hub (schemas/calls/agent-calls.ts). All of them throw HubError. */
export function createHubCalls(
  transport: Transport,
  { key, takesReasons = () => false, takesNotices = () => false }: Known,
) {
  const toSaid = (given: Reason | string) => (takesReasons() ? toWire : toWireWords)(fromGiven(given));
  const withReason = <T extends { reason?: Reason | string }>(given: T): T =>
    given.reason === undefined ? given : { ...given, reason: toSaid(given.reason) };
  const toLine = ({ what, ok, detail }: NonNullable<AgentAnswer['report']>['lines'][number]) => ({
    what: toSaid(what),
    ok,
    detail: toSaid(detail),
  });
  const call = (request: Omit<HubRequest, 'key' | 'timeout'>, signal: AbortSignal, limit = timeout) =>
    transport.call({ ...request, key: key(), timeout: limit }, signal);
  const post = (path: string, body: unknown, signal: AbortSignal) =>
    call({ method: 'POST', path, body }, signal);
  const at = () => new Date().toISOString();

  return {
    enrol: async (token: string, agent: string, signal: AbortSignal) =>
      replies.enrolled(await post('/enrolment', { token, agent, at: at() }, signal)),
    renewKey: async (signal: AbortSignal) => replies.renewed(await post('/key', {}, signal)),
    fetchConfiguration: async (signal: AbortSignal) =>
      replies.configuration(await call({ method: 'GET', path: '/configuration' }, signal)),
    reportConfiguration: async (version: number, report: ConfigurationReport, signal: AbortSignal) =>
      void (await post(`/configuration/${version}`, withReason(report), signal)),
    sendPosts: async (posts: AgentPosts['posts'], signal: AbortSignal) =>
      replies.posts(await post('/posts', { at: at(), posts }, signal)),
    async takeChanges(after: string | undefined, limit: number, signal: AbortSignal) {
      const query = new URLSearchParams({ ...(after && { after }), limit: `${limit}`, wait: `${longPoll}` });
      const request = { method: 'GET' as const, path: `/changes?${query}` };
      return replies.changes(await call(request, signal, timeout + longPoll * 1000));
    },
    sendOutcomes: async (outcomes: AgentOutcomes['outcomes'], signal: AbortSignal) =>
      replies.outcomes(await post('/outcomes', { at: at(), outcomes: outcomes.map(withReason) }, signal)),
    async heartbeat({ problem, problemKind, notice, ...beat }: Heartbeat, signal: AbortSignal) {
      const told: Heartbeat = {
        ...beat,
        ...(problem !== undefined && { problem: toSaid(problem) }),
        ...(problemKind && takesReasons() && { problemKind }),
        ...(notice !== undefined && takesNotices() && { notice: toSaid(notice) }),
      };
      return replies.heartbeat(await post('/heartbeat', told, signal));
    },
    async answer(ask: string, { error, report, ...answer }: AgentAnswer, signal: AbortSignal) {
      const told: AgentAnswer = {
        ...answer,
        ...(error && { error: withReason(error) }),
        ...(report && { report: { ok: report.ok, lines: report.lines.map(toLine) } }),
      };
      await post(`/asks/${ask}`, told, signal);
    },
    sendFile: async (ask: string, content: AsyncIterable<Uint8Array>, signal: AbortSignal) =>
      void (await call({ method: 'PUT', path: `/asks/${ask}/content`, content }, signal, 3_600_000)),
    fetchFile: (id: string, signal: AbortSignal) =>
      transport.stream({ method: 'GET', path: `/attachments/${id}`, key: key(), timeout }, signal),
  };
}
export type HubCalls = ReturnType<typeof createHubCalls>;
