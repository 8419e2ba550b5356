import { commentBy, Stage } from './stage.js';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open('all');
});
afterAll(() => stage?.close());

describe('the console beside the queues', () => {
  it('writes a rule, tries it on past comments, and enforces it', async () => {
    await stage.thread('ruled', { moderationMode: 'post' });
    await stage.post('Rita', 'ruled', 'Have you seen the wombat on the bus?');
    const console = await stage.moderator();
    await console.getByRole('link', { name: 'Rules' }).press('Enter');
    await console.getByRole('button', { name: 'New rule' }).press('Enter');
    const form = console.getByRole('form', { name: 'Rule' });
    await form.getByRole('textbox', { name: 'Name' }).fill('animals');
    await form.getByRole('textbox', { name: 'Words' }).fill('bad word*');
    await form.getByRole('button', { name: 'As JSON' }).click();
    await form.getByRole('textbox', { name: 'Params, as JSON' }).fill('{"words": ["wombat*"], "worbs": 1}');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByRole('alert').getByText('It is not known here').waitFor();
    await form.getByRole('textbox', { name: 'Params, as JSON' }).fill('{"words": ["wombat*"]}');
    await form.getByRole('button', { name: 'Save' }).click();
    await console.getByText('Saved: animals, version 1').waitFor();

    await console.getByRole('button', { name: 'Try on past comments: animals' }).press('Enter');
    await console.getByRole('button', { name: 'Try', exact: true }).press('Enter');
    await console
      .getByRole('listitem')
      .filter({ hasText: 'It has “wombat*” of the list.' })
      .waitFor({ timeout: 40_000 });
    await console.keyboard.press('Escape');

    await console.getByRole('combobox', { name: 'Mode of animals' }).selectOption('enforce');
    await console.getByText('animals: Enforced').waitFor();
    const held = await stage.post('Rita', 'ruled', 'Wombats, again.');
    expect(held.status).toBe('pending');
    await console.getByRole('link', { name: 'Queues' }).press('Enter');
    const mark = commentBy(console, 'Rita').locator('mark');
    await mark.getByText('Wombat').waitFor();
  });

  it('finds a comment by its words, whatever became of it, and closes its thread', async () => {
    await stage.thread('found', { moderationMode: 'post' });
    const lost = await stage.post('Sam', 'found', 'A quokka, of all things.');
    await stage.reject(lost);
    const console = await stage.moderator();
    await console.getByRole('link', { name: 'Search' }).press('Enter');
    const words = console.getByRole('searchbox', { name: 'Words' }).and(console.locator(':focus'));
    await words.fill('quokka');
    await console.keyboard.press('Enter');
    const found = commentBy(console, 'Sam');
    await found.getByText('rejected', { exact: true }).waitFor();
    await found.focus();
    await console.keyboard.press('d');
    const details = console.getByRole('complementary', { name: 'Details' });
    await details.getByRole('combobox', { name: 'Thread' }).selectOption('closed');
    await console.getByText('The thread is closed.').waitFor();
    await console.keyboard.press('Escape');
    await found.getByRole('button', { name: 'Restore' }).press('Enter');
    await found.getByText('published', { exact: true }).waitFor();
    await console.keyboard.press('u');
    await found.getByText('rejected', { exact: true }).waitFor();
    await expect(stage.post('Sam', 'found', 'Another one')).rejects.toThrow('409');
  });
});
