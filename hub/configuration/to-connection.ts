import type { BoardConnection, WebhookEndpoint } from '../../schemas/index.ts';

/** An endpoint as a connection of the kind `webhook`, so that it is checked, created and called as a board is. */
export const toConnection = ({ name: _name, ...rest }: WebhookEndpoint): BoardConnection => ({
  adapter: 'webhook',
  ...rest,
});
