import { currentUser } from './current-user.ts';

/** Options of commands that change the configuration. */
export const noteOption = ['--note <text>', 'why, for the history', ''] as const;
export const authorOption = ['--author <name>', 'who is written into the history', currentUser()] as const;
