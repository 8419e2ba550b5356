import { Callee } from '../support/calls.js';
import { Api } from './api.js';
import { startCluster, type BenchCluster } from './cluster.js';
import { PostilNode } from './postil-node.js';
import { seedReaders } from './seed.js';

export const SITE = 'bench';

/** What all benchmarks share: databases, a node of Postil, the process of the clients, a site. */
export class Environment {
  private readonly callees: Callee[] = [];

  private constructor(
    readonly cluster: BenchCluster,
    readonly node: PostilNode,
    readonly api: Api,
    readonly load: Callee,
    readonly siteId: string,
    /** For nodes of a benchmark's own. */
    readonly nodeOptions: readonly string[],
  ) {}

  static async start(nodeOptions: readonly string[]): Promise<Environment> {
    const cluster = await startCluster();
    let node: PostilNode | undefined;
    try {
      node = await PostilNode.start({ DATABASE_URL: cluster.postilUrl }, nodeOptions);
      await (await Api.signIn(node.port)).site(SITE, 'pre');
      const { rows } = await cluster.postil.query<{ id: string }>('SELECT id FROM sites WHERE key = $1', [SITE]);
      const siteId = rows[0]?.id ?? '';
      await seedReaders(cluster.postil, siteId);
      const api = await Api.signIn(node.port);
      return new Environment(cluster, node, api, Callee.start('load/worker.ts'), siteId, nodeOptions);
    } catch (error) {
      await node?.stop();
      await cluster.stop();
      throw error;
    }
  }

  /** Another process, which ends with the environment. @param file relative to `bench/` */
  start(file: string, env: Record<string, string> = {}): Callee {
    const callee = Callee.start(file, [], env);
    this.callees.push(callee);
    return callee;
  }

  /** Until the relay has folded everything, so that no side pays for another one's rest. */
  async untilFolded(): Promise<void> {
    for (;;) {
      const { rows } = await this.cluster.postil.query<{ waiting: boolean }>(
        'SELECT EXISTS (SELECT FROM outbox) AS waiting',
      );
      if (!rows[0]?.waiting) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async stop(): Promise<void> {
    await Promise.all([...this.callees, this.load].map((callee) => callee.end()));
    await this.node.stop();
    await this.cluster.stop();
  }
}
