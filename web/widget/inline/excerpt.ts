/** Block ends part words; the text alone would run them together. */
const ENDS = 'p, li, blockquote, pre, h1, h2, h3, h4, h5, h6';

/** What a comment says, in one line: from the server's sanitised HTML, which a parser reads without running or loading it. */
export function plainText(html: string): string {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  for (const element of body.querySelectorAll(ENDS)) element.append(' ');
  for (const element of body.querySelectorAll('br')) element.replaceWith(' ');
  return oneLine(body.textContent);
}

/** At most so many letters, cut between words where that loses little, with an ellipsis. */
export function excerpt(text: string, letters: number): string {
  const line = oneLine(text);
  const clusters = Array.from(new Intl.Segmenter().segment(line), ({ segment }) => segment);
  if (clusters.length <= letters) return line;
  const cut = clusters.slice(0, letters - 1).join('');
  const space = clusters[letters - 1] === ' ' ? cut.length : cut.lastIndexOf(' ');
  return `${cut.slice(0, space > cut.length * 0.7 ? space : undefined).trimEnd()}…`;
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
