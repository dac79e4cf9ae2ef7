/** What an adapter or the hub gave, with its reasons in English. */
export { inWords } from '../../adapters/conformance/in-words.ts';
