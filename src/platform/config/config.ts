import { networkOf } from '../http-client/permitted-addresses.js';

/** The environment, read once and checked whole: every wrong variable is reported at once, with what is expected. */
export type Role = 'all' | 'web' | 'worker';

export interface Config {
  readonly production: boolean;
  /** TCP port; 0 lets the system choose. */
  readonly port: number;
  readonly host: string;
  readonly role: Role;
  /** Undefined: the embedded PostgreSQL in `dataDir`. */
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  readonly redisUrl: string | undefined;
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string;
  /** Mails a second to one domain, from each node. */
  readonly mailDomainRate: number;
  /** Without a trailing slash. */
  readonly publicUrl: string;
  /** Undefined in development: generated into `dataDir`. */
  readonly secretKey: string | undefined;
  readonly adminEmail: string;
  readonly adminPassword: string | undefined;
  readonly demo: boolean;
  readonly rateLimits: boolean;
  readonly logLevel: string;
  readonly trustedProxies: readonly string[];
  /** Networks that are not public and may be asked all the same where somebody outside names them: webhooks, external rules. */
  readonly outgoingNetworks: readonly string[];
}

export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The configuration is wrong:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/** Every variable that Postil reads, in the order of `.env.example`; a test keeps both equal. */
export const VARIABLES = [
  'NODE_ENV',
  'PORT',
  'HOST',
  'ROLE',
  'DATABASE_URL',
  'DATA_DIR',
  'REDIS_URL',
  'SMTP_URL',
  'MAIL_FROM',
  'MAIL_DOMAIN_RATE',
  'PUBLIC_URL',
  'SECRET_KEY',
  'ADMIN_EMAIL',
  'ADMIN_PASSWORD',
  'DEMO',
  'RATE_LIMITS',
  'LOG_LEVEL',
  'TRUSTED_PROXIES',
  'OUTGOING_NETWORKS',
] as const;

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const problems: string[] = [];
  const wrong = (name: string, value: string, expected: string) =>
    problems.push(`${name} is ${JSON.stringify(value)}; expected ${expected}`);
  const given = (name: (typeof VARIABLES)[number]) => env[name]?.trim() || undefined;

  const oneOf = <T extends string>(name: (typeof VARIABLES)[number], allowed: readonly T[], fallback: T): T => {
    const value = given(name);
    if (value === undefined) return fallback;
    if (allowed.includes(value as T)) return value as T;
    wrong(name, value, `one of ${allowed.join(', ')}`);
    return fallback;
  };
  const url = (name: (typeof VARIABLES)[number], protocols: readonly string[]): string | undefined => {
    const value = given(name);
    if (value === undefined) return undefined;
    const parsed = URL.canParse(value) ? new URL(value) : undefined;
    if (parsed && protocols.includes(parsed.protocol.slice(0, -1))) return value;
    // The value may hold a password: say what is expected, never what was given.
    problems.push(`${name} is no URL of ${protocols.map((protocol) => `${protocol}://`).join(' or ')}`);
    return undefined;
  };
  const integer = (name: (typeof VARIABLES)[number], fallback: number, min: number, max: number): number => {
    const value = given(name);
    if (value === undefined) return fallback;
    const parsed = /^\d+$/.test(value) ? Number(value) : NaN;
    if (parsed >= min && parsed <= max) return parsed;
    wrong(name, value, `a whole number from ${min} to ${max}`);
    return fallback;
  };

  const production = oneOf('NODE_ENV', ['development', 'production', 'test'], 'development') === 'production';
  const port = integer('PORT', 3000, 0, 65_535);
  const host = given('HOST') ?? '127.0.0.1';
  const role = oneOf<Role>('ROLE', ['all', 'web', 'worker'], 'all');
  const databaseUrl = url('DATABASE_URL', ['postgres', 'postgresql']);
  const smtpUrl = url('SMTP_URL', ['smtp', 'smtps']);
  const publicUrl = url('PUBLIC_URL', ['http', 'https'])?.replace(/\/+$/, '');
  const secretKey = given('SECRET_KEY');
  const adminEmail = given('ADMIN_EMAIL') ?? 'owner@example.org';
  const adminPassword = given('ADMIN_PASSWORD');
  const rateLimits = oneOf('RATE_LIMITS', ['on', 'off'], 'on') === 'on';

  const outgoingNetworks = given('OUTGOING_NETWORKS')?.split(/[,\s]+/) ?? [];
  for (const network of outgoingNetworks)
    if (!networkOf(network))
      wrong('OUTGOING_NETWORKS', network, 'addresses or networks such as 10.0.0.0/8, separated by commas');

  if (role !== 'all' && !given('DATABASE_URL')) {
    problems.push(`ROLE is "${role}"; web and worker nodes share a database, so DATABASE_URL must be set`);
  }
  if (secretKey !== undefined && secretKey.length < 32) {
    problems.push(`SECRET_KEY has ${secretKey.length} characters; expected at least 32`);
  }
  if (!/^[^\s@]+@[^\s@]+$/.test(adminEmail)) wrong('ADMIN_EMAIL', adminEmail, 'an e-mail address');
  if (adminPassword !== undefined && adminPassword.length < 12) {
    problems.push(`ADMIN_PASSWORD has ${adminPassword.length} characters; expected at least 12`);
  }
  if (production) {
    if (secretKey === undefined) problems.push('SECRET_KEY is missing; production needs one of at least 32 characters');
    if (!given('PUBLIC_URL')) problems.push('PUBLIC_URL is missing; production needs the address that readers see');
    if (!given('SMTP_URL')) problems.push('SMTP_URL is missing; production does not keep mails in /dev/mail');
    if (!rateLimits) problems.push('RATE_LIMITS is "off"; that is for measuring, not for production');
  }

  const config: Config = {
    production,
    port,
    host,
    role,
    databaseUrl,
    dataDir: given('DATA_DIR') ?? '.data',
    redisUrl: url('REDIS_URL', ['redis', 'rediss']),
    smtpUrl,
    mailFrom: given('MAIL_FROM') ?? 'Postil <postil@localhost>',
    mailDomainRate: integer('MAIL_DOMAIN_RATE', 20, 1, 10_000),
    publicUrl: publicUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    secretKey,
    adminEmail,
    adminPassword,
    demo: oneOf('DEMO', ['true', 'false'], production ? 'false' : 'true') === 'true',
    rateLimits,
    logLevel: oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
    trustedProxies: given('TRUSTED_PROXIES')?.split(/[,\s]+/) ?? [],
    outgoingNetworks,
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}
