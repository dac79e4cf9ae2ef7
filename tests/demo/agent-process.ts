/** The agent of the demo: an agent like any other, but it ends with the demo, also when that is killed. */
import { runCommandLine } from '../../adapters/agent/command-line.ts';

process.once('disconnect', () => process.exit(1));
process.exit(await runCommandLine(process.argv.slice(2)));
