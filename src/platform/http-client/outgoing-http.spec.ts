import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isPermitted, networkOf } from './permitted-addresses.js';
import { OutgoingHttp, TargetRefused } from './outgoing-http.js';

describe('addresses', () => {
  it.each(['93.184.215.14', '8.8.8.8', '2606:4700::1111', '::ffff:8.8.8.8'])('%s is public', (address) => {
    expect(isPermitted(address, [])).toBe(true);
  });

  it.each([
    ...['127.0.0.1', '127.8.9.1', '0.0.0.0', '10.1.2.3', '172.16.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1'],
    ...['224.0.0.1', '255.255.255.255', '198.18.0.1', '::1', '::', 'fe80::1', 'fd00::1', 'ff02::1'],
    ...[
      '::2',
      '::7f00:1',
      '::ffff:127.0.0.1',
      '::ffff:a9fe:a9fe',
      '64:ff9b::a00:1',
      '2002:7f00:1::',
      '2001:db8::1',
      'localhost',
      '',
    ],
  ])('%s is not', (address) => {
    expect(isPermitted(address, [])).toBe(false);
  });

  it('are permitted where the operator listed their network', () => {
    const networks = ['10.0.0.0/8', '::1'].flatMap((text) => networkOf(text) ?? []);
    expect(['10.255.0.1', '::ffff:10.0.0.1', '::1'].map((one) => isPermitted(one, networks))).toEqual([
      true,
      true,
      true,
    ]);
    expect(['11.0.0.1', '192.168.0.1', '::2'].map((one) => isPermitted(one, networks))).toEqual([true, false, false]);
    expect(['10.0.0.0/33', 'ten', '10.0.0.0/', ''].map(networkOf)).toEqual(Array(4).fill(undefined));
  });
});

describe('OutgoingHttp', () => {
  let server: Server;
  let port: number;
  const asked: string[] = [];
  const closed = new OutgoingHttp({ outgoingNetworks: [] });
  const open = new OutgoingHttp({ outgoingNetworks: ['127.0.0.0/8', '::1'] });
  const post = (http: OutgoingHttp, url: string, more = {}) =>
    http.send({ url, headers: {}, body: 'x', timeoutMs: 2_000, ...more });

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      if (request.url === '/slow') return void response.write('a');
      if (request.url === '/away') response.writeHead(302, { location: '/secret' });
      response.end('y'.repeat(100_000));
    }).listen(0);
    await new Promise((resolve) => server.once('listening', resolve));
    ({ port } = server.address() as AddressInfo);
  });

  afterAll(async () => {
    await Promise.all([closed.onApplicationShutdown(), open.onApplicationShutdown()]);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  beforeEach(() => asked.splice(0));

  it.each([
    'http://127.0.0.1',
    'http://localhost',
    'http://[::1]',
    'http://2130706433',
    'http://0x7f.1',
    'http://127.1',
  ])('does not connect to %s unless that is permitted', async (origin) => {
    await expect(post(closed, `${origin}:${port}/`)).rejects.toThrow(TargetRefused);
    expect(asked).toEqual([]);
    await expect(post(open, `${origin}:${port}/`)).resolves.toMatchObject({ status: 200 });
  });

  it('looks at what a name resolves to whenever it connects', async () => {
    const answers = [[{ address: '127.0.0.1', family: 4 }]];
    class Rebound extends OutgoingHttp {
      protected override readonly resolve = ((
        _name: string,
        _options: unknown,
        callback: (...found: unknown[]) => void,
      ) => callback(null, answers[0])) as never;
    }
    const rebound = new Rebound({ outgoingNetworks: ['10.0.0.0/8'] });
    const url = `http://newsroom.example:${port}/`;
    await expect(post(rebound, url)).rejects.toThrow(TargetRefused);
    answers[0] = [
      { address: '93.184.215.14', family: 4 },
      { address: '::1', family: 6 },
    ];
    await expect(post(rebound, url)).rejects.toThrow(TargetRefused);
    expect(asked).toEqual([]);
    const permitted = new Rebound({ outgoingNetworks: ['127.0.0.1'] });
    answers[0] = [{ address: '127.0.0.1', family: 4 }];
    await expect(post(permitted, url)).resolves.toMatchObject({ status: 200 });
    await Promise.all([rebound.onApplicationShutdown(), permitted.onApplicationShutdown()]);
  });

  it('asks nobody without TLS whose network is not listed, by whatever name', async () => {
    class Public extends OutgoingHttp {
      protected override readonly resolve = ((
        _name: string,
        _options: unknown,
        callback: (...found: unknown[]) => void,
      ) => callback(null, [{ address: '93.184.215.14', family: 4 }])) as never;
    }
    const http = new Public({ outgoingNetworks: ['127.0.0.1'] });
    for (const host of ['newsroom.example', '93.184.215.14']) {
      await expect(post(http, `http://${host}:${port}/`)).rejects.toThrow(TargetRefused);
    }
    await http.onApplicationShutdown();
    const urls = ['http://newsroom.example/', 'http://93.184.215.14/', 'http://127.0.0.1/', 'https://93.184.215.14/'];
    expect(urls.map((url) => closed.faultOf(url))).toEqual([
      'is not https',
      'is not https',
      'is a private address',
      undefined,
    ]);
    expect(urls.map((url) => open.faultOf(url))).toEqual([undefined, 'is not https', undefined, undefined]);
  });

  it('follows no redirect', async () => {
    await expect(post(open, `http://127.0.0.1:${port}/away`)).resolves.toMatchObject({ status: 302 });
    expect(asked).toEqual(['/away']);
  });

  it('reads no more than it was told, and waits no longer', async () => {
    const { body } = await post(open, `http://127.0.0.1:${port}/`, { maxBytes: 1_000 });
    expect(body).toHaveLength(1_000);
    await expect(post(open, `http://127.0.0.1:${port}/slow`, { timeoutMs: 200 })).rejects.toThrow(/timeout|aborted/i);
  });

  it('says what is wrong with a URL', () => {
    const faults = [
      'nonsense',
      'ftp://example.org/',
      'https://a:b@example.org/',
      'https://10.0.0.1/',
      'https://example.org/',
    ];
    expect(faults.map((url) => closed.faultOf(url))).toEqual([
      'is no http or https URL',
      'is no http or https URL',
      'holds a user name or password',
      'is a private address',
      undefined,
    ]);
  });
});
