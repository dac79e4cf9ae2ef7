export const buildGsoapClient = async (_f: string, _w: string) => 'false';
