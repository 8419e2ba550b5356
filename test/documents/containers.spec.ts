import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { readConfig } from '../../src/platform/config/config.js';

interface Service {
  image?: string;
  environment?: Record<string, string>;
  stop_grace_period?: string;
}

const SET = { SECRET_KEY: 'a secret key that only tests know of', ADMIN_PASSWORD: 'only tests know this one' };

/** As Compose fills in `${NAME:-default}` and `${NAME:?reason}`. */
function filledIn(text: string, env: Record<string, string>): string {
  return text.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name: string, kind?: string, rest = '') => {
    if (env[name]) return env[name];
    if (kind === '?') throw new Error(`${name}: ${rest}`);
    return rest;
  });
}

function compose(env: Record<string, string>): Record<string, Service> {
  const text = filledIn(readFileSync('docker-compose.yml', 'utf8'), env);
  return (parse(text, { merge: true }) as { services: Record<string, Service> }).services;
}

describe('docker-compose.yml', () => {
  const services = compose(SET);

  it('gives web and worker nodes an environment that production accepts', () => {
    for (const role of ['web', 'worker'] as const) {
      const config = readConfig(services[role]?.environment);
      expect(config).toMatchObject({ production: true, role, host: '0.0.0.0', port: 3000, secretKey: SET.SECRET_KEY });
      expect(new URL(config.databaseUrl ?? '').hostname in services).toBe(true);
      expect(new URL(config.smtpUrl ?? '').hostname in services).toBe(true);
    }
  });

  it('refuses to start without a secret', () => {
    expect(() => compose({ ...SET, SECRET_KEY: '' })).toThrow('SECRET_KEY');
    expect(() => compose({ ...SET, ADMIN_PASSWORD: '' })).toThrow('ADMIN_PASSWORD');
  });

  it('gives nodes the time to stop, and pins what it did not build', () => {
    for (const role of ['web', 'worker'] as const) expect(services[role]?.stop_grace_period).toBe('45s');
    const images = Object.values(services).map((service) => service.image ?? '');
    expect(images.filter((image) => !/^[\w/.-]+:[\w.-]+$/.test(image) || image.endsWith(':latest'))).toEqual([]);
  });
});

describe('Dockerfile', () => {
  const lines = readFileSync('Dockerfile', 'utf8').split('\n');

  it('copies what is there and what .dockerignore lets through', () => {
    const copied = lines.flatMap((line) => /^COPY (?!--from)(.+) \S+$/.exec(line)?.[1]?.split(' ') ?? []);
    const permitted = readFileSync('.dockerignore', 'utf8').match(/(?<=^!).+$/gm) ?? [];
    expect(copied.filter((name) => !existsSync(name))).toEqual([]);
    expect([...new Set(copied)].sort()).toEqual(permitted.sort());
  });

  it('runs as a user without rights, on the Node of the project, without development packages', () => {
    const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));
    expect(last[0]).toMatch(/^FROM node:24/);
    expect(last).toContain('USER node');
    expect(last.find((line) => line.includes('node_modules'))).toContain('--from=packages');
    expect(lines).toContain('RUN npm ci --omit=dev --no-audit --no-fund');
  });
});
