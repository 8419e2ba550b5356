import { commentBy, isLive, Stage, write } from './stage.js';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage?.close());

/** A reader who has written once, on the page of a thread, and is then sanctioned. */
async function sanctioned(key: string, sanction: object) {
  const page = await stage.window(await stage.thread(key));
  await isLive(page);
  await write(page, 'Your comment', 'The first', 'Ada');
  await commentBy(page, 'Ada').waitFor();
  const [first] = await stage.waiting(key);
  const call = { method: 'POST', token: stage.ownerToken, body: { reason: 'abuse', ...sanction } };
  await stage.server.ask(`/moderation/readers/${first?.author.id}/sanctions`, call);
  await write(page, 'Your comment', 'The second');
  return page;
}

describe('a reader under a sanction', () => {
  it('reads the warning beside the form, says so, and what was written is sent', async () => {
    const page = await sanctioned('warned', { kind: 'warn', explanation: 'Stay with the subject.' });
    await page.getByRole('alert').getByText('Stay with the subject.').waitFor();
    expect(await page.getByRole('textbox', { name: 'Your comment' }).inputValue()).toBe('The second');
    await page.getByRole('button', { name: 'I have read it, post comment' }).click();
    await commentBy(page, 'Ada').getByText('The second').waitFor();
    expect((await stage.waiting('warned')).map(({ author }) => author.name)).toEqual(['Ada', 'Ada']);
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('is told until when, as the clock of the reader shows it, and keeps what was written', async () => {
    const page = await sanctioned('suspended', { kind: 'suspend', until: '2031-05-04T13:45:00.000Z' });
    const told = /until May 4, 2031 at (?!.*T13:45)/;
    await page.getByRole('alert').getByText(told).waitFor();
    expect(await page.getByRole('textbox', { name: 'Your comment' }).inputValue()).toBe('The second');
    expect(await page.getByRole('button', { name: /I have read it/ }).count()).toBe(0);
  });
});
