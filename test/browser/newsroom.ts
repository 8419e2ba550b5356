import { createServer, type Server } from 'node:http';

/** A publisher's own server, at another origin than Postil's: an article a path, with the widget on it. */
export class Newsroom {
  private readonly texts = new Map<string, string>();

  private constructor(
    private readonly server: Server,
    readonly origin: string,
  ) {}

  static async open(postil: string): Promise<Newsroom> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const newsroom = new Newsroom(server, `http://127.0.0.1:${port}`);
    server.on('request', (request, response) => {
      const key = request.url?.split('/').at(-1) ?? '';
      response.setHeader('content-type', 'text/html; charset=utf-8').end(page(key, postil, newsroom.texts.get(key)));
    });
    return newsroom;
  }

  /** The markup that pages of an article show which are opened from now on. */
  print(key: string, html: string): void {
    this.texts.set(key, html);
  }

  article(key: string): string {
    return `${this.origin}/article/${key}`;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

const page = (key: string, postil: string, html = '<p>An article.</p>'): string => `<!doctype html>
<html lang="en">
  <meta name="viewport" content="width=device-width, initial-scale=1" />
  <link rel="icon" href="data:," />
  <title>${key}</title>
  <main>
    <h1>${key}</h1>
    <article id="text">${html}</article>
    <div id="postil-thread" data-site="demo" data-thread="${key}" data-article="#text"></div>
  </main>
  <script src="${postil}/embed.js" async></script>
</html>`;
