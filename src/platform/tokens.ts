import type { Config } from './config/config.js';

/** The configuration of a node that is about to run: what the environment left open has been filled in. */
export interface RuntimeConfig extends Config {
  readonly databaseUrl: string;
  readonly secretKey: string;
}

export const CONFIG = Symbol('CONFIG');
