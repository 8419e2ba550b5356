/** Rates and times as a reader wants them: three digits that mean something. */
export function perSecond(value: number): string {
  return `${digits(value)}/s`;
}

export function milliseconds(value: number): string {
  return `${digits(value)} ms`;
}

export function mebibytes(bytes: number): string {
  return `${digits(bytes / 2 ** 20)} MiB`;
}

function digits(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en-GB');
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
