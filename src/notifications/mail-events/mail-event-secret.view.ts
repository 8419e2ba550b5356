export class MailEventSecretView {
  /** Signs `POST /sites/{site}/mail-events`, as Standard Webhooks writes it. It changes with SECRET_KEY alone. */
  secret: string;
}
