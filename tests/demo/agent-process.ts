/**
 * The agent of the demo. It differs from other agents in one point: it ends with the demo, even if the demo is killed.
 */
import { runCommandLine } from '../../adapters/agent/command-line.ts';

process.once('disconnect', () => process.exit(1));
process.exit(await runCommandLine(process.argv.slice(2)));
