/** The process between the hub and its services: a faulty proxy to each board, and one to the database. */
import { answerBench, readGiven } from '../../bench/child-protocol.ts';
import { type HttpProxy, startHttpProxy } from './http-proxy.ts';
import type { BreakOrder, ProxyGiven, ProxyReady } from './protocol.ts';
import { startTcpRelay } from './tcp-relay.ts';

const proxies = new Map<string, HttpProxy>();
for (const [code, url] of Object.entries(readGiven<ProxyGiven>().boards))
  proxies.set(code, await startHttpProxy(url));
const database = await startTcpRelay();

const ready: ProxyReady = {
  boards: Object.fromEntries([...proxies].map(([code, { url }]) => [code, url])),
  databasePort: database.port,
};
const answers = {
  break: ({ code, ...order }: BreakOrder) => proxies.get(code)?.break(order),
  heal: (code: string) => proxies.get(code)?.heal(),
  counts: () => Object.fromEntries([...proxies].map(([code, proxy]) => [code, proxy.counts()])),
  openDatabase: (port: number) => database.open(port),
  cutDatabase: () => database.cut(),
};
answerBench(ready, answers, () =>
  Promise.all([database.close(), ...[...proxies.values()].map((proxy) => proxy.close())]),
);
