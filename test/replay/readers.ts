import { randomUUID } from 'node:crypto';
import type { Comment, Session } from '../../web/shared/api-types.js';
import type { SourceComment } from './dataset.js';
import type { Entry, Ledger } from './ledger.js';
import type { ReaderStep } from './plan.js';
import { Random } from './random.js';
import { GONE_ON_RETRY, Refused, type ReplayApi } from './replay-api.js';
import { Tally } from './tally.js';

const AFTERTHOUGHT = '\n\n*Edited:* thank you for the answers.';

/** The authors of the file, each a guest with a session of their own. */
export class Readers {
  /** What was acknowledged: post, reply, vote, edit, delete. */
  readonly done = new Tally();
  /** What was refused, by step and problem code. */
  readonly refused = new Tally();
  private readonly sessions = new Map<string, Promise<Session>>();
  private readonly posts: Promise<Entry | undefined>[] = [];
  private readonly voted = new Set<string>();
  private readonly random: Random;

  constructor(
    private readonly api: ReplayApi,
    private readonly ledger: Ledger,
    private readonly options: { site: string; thread: string; comments: readonly SourceComment[]; seed: number },
  ) {
    this.random = new Random(options.seed + 1);
  }

  /** What a step refers to was posted by an earlier one, or is being posted. */
  async take(step: ReaderStep): Promise<void> {
    if (step.kind === 'post') {
      this.posts[step.comment] = this.attempt('post', () => this.post(step));
      await this.posts[step.comment];
      return;
    }
    const entry = await this.posts[step.comment];
    if (!entry) return;
    await this.attempt(step.kind, () => {
      if (step.kind === 'vote') return this.vote(entry, step.value);
      return step.kind === 'edit' ? this.edit(entry, step.comment) : this.delete(entry);
    });
  }

  private async attempt<Answer>(name: string, action: () => Promise<Answer>): Promise<Answer | undefined> {
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refused.add(`${name} ${error.code}`);
      return undefined;
    }
  }

  private async post(step: { comment: number; reply: boolean }): Promise<Entry | undefined> {
    const source = this.options.comments[step.comment];
    if (!source) return undefined;
    const { token } = await this.session(source.author);
    const parent = step.reply ? this.random.pick(this.ledger.with('published')) : undefined;
    const { site, thread } = this.options;
    const postedAt = performance.now();
    const path = `/sites/${encodeURIComponent(site)}/threads/${encodeURIComponent(thread)}/comments`;
    const body = { body: source.body, ...(parent ? { parentId: parent.id } : {}) };
    const comment = await this.api.call<Comment>('POST', path, { body, token, idempotencyKey: randomUUID() });
    this.done.add(parent ? 'reply' : 'post');
    return this.ledger.posted(comment, { spam: source.spam, token, postedAt });
  }

  /** Nobody votes twice for one comment, so that the last word is known whatever order the answers come in. */
  private async vote(voter: Entry, value: 1 | -1): Promise<void> {
    const open = this.ledger.with('published').filter((entry) => {
      return entry.token !== voter.token && !this.voted.has(`${voter.token} ${entry.id}`);
    });
    const entry = this.random.pick(open);
    if (!entry) return;
    this.voted.add(`${voter.token} ${entry.id}`);
    await this.api.call('PUT', `/comments/${entry.id}/vote`, { body: { value }, token: voter.token });
    entry.votes.set(voter.token, value);
    this.done.add('vote');
  }

  private async edit(entry: Entry, comment: number): Promise<void> {
    const body = `${this.options.comments[comment]?.body}${AFTERTHOUGHT}`;
    const answer = await this.api.call<Comment>('PATCH', `/comments/${entry.id}`, {
      body: { body },
      token: entry.token,
    });
    this.ledger.revised(entry, answer);
    this.done.add('edit');
  }

  private async delete(entry: Entry): Promise<void> {
    try {
      await this.api.call('DELETE', `/comments/${entry.id}`, { token: entry.token });
    } catch (error) {
      if (!(error instanceof Refused) || error.code !== GONE_ON_RETRY) throw error;
    }
    entry.deleted = true;
    this.done.add('delete');
  }

  private session(author: string): Promise<Session> {
    const path = `/sites/${encodeURIComponent(this.options.site)}/sessions`;
    const session =
      this.sessions.get(author) ?? this.api.call<Session>('POST', path, { body: { displayName: author } });
    this.sessions.set(author, session);
    return session;
  }
}
