/** Words what an adapter or the hub gave: reasons become English text. */
export { inWords } from '../../adapters/conformance/in-words.ts';
