// A partner's program in plain Node: does the steps that come as JSON on standard input with the packed client.
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createHubClient, HubProblem, HubUnreachable, verifyWebhook } from 'minwon-hub-client';

const { options, steps } = JSON.parse(Buffer.concat(await process.stdin.toArray()).toString());
const hub = options && createHubClient(options);

const own = {
  async searchComplaints(query) {
    const found = [];
    for await (const { receiptNumber } of hub.searchComplaints(query)) found.push(receiptNumber);
    return found;
  },
  async follow(followed, throwAt) {
    const handled = [];
    const handle = async (change) => {
      if (handled.length === throwAt) throw new Error('the disk is full');
      handled.push(`${change.receiptNumber}/${change.event.seq}`);
      return { externalId: `OWN-${change.receiptNumber}` };
    };
    const error = await hub.follow(handle, followed).then(
      () => undefined,
      (thrown) => thrown,
    );
    if (error instanceof HubProblem) throw error;
    return { handled, error: error?.message };
  },
  async changes(followed, breakAt) {
    const handled = [];
    for await (const change of hub.changes(followed)) {
      if (handled.length === breakAt) break;
      handled.push(`${change.receiptNumber}/${change.event.seq}`);
    }
    return { handled };
  },
  async changesUntil(followed, milliseconds) {
    const handled = [];
    const signal = AbortSignal.timeout(milliseconds);
    for await (const change of hub.changes({ ...followed, signal })) handled.push(change.receiptNumber);
    return { handled };
  },
  putAttachment: (name, path) => hub.putAttachment(name, () => createReadStream(path)),
  supplyAttachment: (number, id, path) => hub.supplyAttachment(number, id, () => createReadStream(path)),
  async getAttachment(number, id, path) {
    const { content, ...said } = await hub.getAttachment(number, id);
    await pipeline(content, createWriteStream(path));
    return said;
  },
  async verifyWebhook(body, headers, secrets) {
    const { kind: _kind, ...event } = verifyWebhook(body, headers, secrets);
    return event;
  },
};

async function run([method, ...args]) {
  try {
    return { result: (await (own[method] ?? hub[method])(...args)) ?? null };
  } catch (error) {
    const { name, message, status, code, errors, requestId, retryAfter } = error;
    const isOfHub = error instanceof HubProblem || error instanceof HubUnreachable;
    return { error: { name, message, ...(isOfHub && { status, code, errors, requestId, retryAfter }) } };
  }
}

const results = [];
for (const step of steps) results.push(await run(step));
process.stdout.write(JSON.stringify(results));
