import { createApiKey } from '../../../../hub/access/keys/api-keys.ts';
import { keyScopes } from '../../../../hub/access/keys/scopes.ts';
import type { Agency } from '../../../../schemas/index.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../../../boards/webhook-receiver/index.ts';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { toEndpoint, toSecret } from '../../exchange/endpoints/endpoint-stage.ts';
import { call, type Reply } from '../call.ts';

export interface SelfStage {
  hub: TestHub;
  receiver: WebhookReceiver;
  /** Calls with a key of `ours` that has every scope. */
  ours<Body = Record<string, never>>(
    method: string,
    path: string,
    value?: unknown,
    headers?: Record<string, string>,
  ): Promise<Reply<Body>>;
  /** The same with a key of `theirs`, another agency. */
  theirs: SelfStage['ours'];
  keys: { ours: string; theirs: string };
  stop(): Promise<void>;
}

/**
 * A hub with two agencies whose programs manage their connections; `ours` has an endpoint. `others`: more agencies.
 */
export async function openSelfStage(
  environment: Record<string, string> = {},
  others: Agency[] = [],
): Promise<SelfStage> {
  const receiver = await startWebhookReceiver({ secrets: [toSecret('old')] });
  const agencies: Agency[] = [
    {
      code: 'ours',
      name: { ko: '우리 기관' },
      officers: [{ name: '김담당' }],
      webhooks: [{ ...toEndpoint('statistics', receiver), timeout: 20 }],
    },
    { code: 'theirs', name: { ko: '다른 기관' }, officers: [{ name: '이담당' }] },
    ...others,
  ];
  const hub = await startTestHub(
    agencies,
    { rules: [], default: 'ours' },
    { SIGNING_SECRET: 'a signing secret of this test, long enough', ...environment },
  );
  const [ours, theirs] = await Promise.all(
    ['ours', 'theirs'].map(async (code) => (await createApiKey(hub.store, code, null, keyScopes)).key),
  );
  const as =
    (key: string | undefined): SelfStage['ours'] =>
    (method, path, value, headers) =>
      call(hub, key, method, `/self${path}`, value, headers);
  return {
    hub,
    receiver,
    ours: as(ours),
    theirs: as(theirs),
    keys: { ours: ours!, theirs: theirs! },
    async stop() {
      await hub.stop();
      await receiver.close();
    },
  };
}
