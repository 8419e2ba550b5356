import type { RuntimeConfig } from '../tokens.js';
import { loggerOptions } from './logger-options.js';

const { serializers } = loggerOptions({ logLevel: 'info' } as RuntimeConfig).pinoHttp as {
  serializers: { req: (request: { method: string; url: string }) => unknown };
};

describe('the log of a request', () => {
  it('has neither its query nor a token that stands in its path', () => {
    const token = `mp_AaIFC-fwcLyL2hbtxQsq0gAAAAE.${'aB3-_'.repeat(9).slice(0, 43)}`;
    const logged = (url: string) => serializers.req({ method: 'GET', url });
    expect(logged(`/preferences/${token}?a=b`)).toEqual({ method: 'GET', path: '/preferences/…' });
    expect(logged(`/api/v1/notices/${token}`)).toEqual({ method: 'GET', path: '/api/v1/notices/…' });
    expect(logged('/t/demo/welcome.atom?cursor=x')).toEqual({ method: 'GET', path: '/t/demo/welcome.atom' });
  });
});
