export type { Credentials } from './credentials.ts';
export type { Door } from './door.ts';
export type { components, operations, paths } from './door-types.ts';
export type { Change, FollowOptions, Taken } from './feed.ts';
export type { Download, FileOptions, FileSource } from './files.ts';
export { createHubClient, type HubClient, type HubOptions, type WriteOptions } from './hub-client.ts';
export { type FieldProblem, HubError, HubProblem, HubUnreachable } from './hub-error.ts';
export type { Retries } from './retries.ts';
export { ForgedWebhook, verifyWebhook, type WebhookMessage } from './webhook.ts';
