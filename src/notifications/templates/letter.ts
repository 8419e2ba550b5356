/** A mail's content, from which both of its parts are made: they say the same. Everything in it is plain text. */
export interface Letter {
  /** BCP 47. */
  language: string;
  subject: string;
  /** What a mail program shows beside the subject. */
  preview: string;
  blocks: readonly Block[];
  footer: Footer;
}

export type Block =
  | { kind: 'heading'; text: string; href?: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'comment'; line: string; excerpt: string; at: string; href: string; label: string }
  | { kind: 'quote'; text: string }
  | { kind: 'button'; label: string; href: string }
  | { kind: 'list'; items: readonly string[] }
  | { kind: 'link'; label: string; href: string };

export interface Footer {
  why: string;
  links: readonly { label: string; href: string }[];
}

/** How a site's mails look. */
export interface Brand {
  siteName: string;
  /** `#rrggbb`, of bar and buttons. */
  accent: string;
  /** Who answers for the site: in many countries the law asks for a postal address. Lines. */
  imprint: string;
}
