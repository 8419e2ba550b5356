import { h } from '../shared/dom.js';
import { check, field } from './form.js';
import { KINDS, type Field } from './rule-fields.js';

type Params = Record<string, unknown>;

interface Asked {
  element: HTMLElement;
  /** @throws SyntaxError where it is no JSON */
  read(): Params;
}

/** Asks for the params of a rule: by the fields of its kind, or as JSON where a kind is not known here, or on demand. */
export function paramsForm(kind: string, given: Params): Asked {
  const fields = KINDS[kind]?.fields;
  // What the fields don't show must not be lost by sending the form.
  const shown = fields && Object.keys(given).every((name) => fields.some((each) => each.name === name));
  const element = h('div', { class: 'form' });
  let asked = fields && shown ? byFields(fields, given) : asJson(given);
  const asText = h('button', { type: 'button', class: 'quiet' }, 'As JSON');
  asText.addEventListener('click', () => {
    asked = asJson(asked.read());
    element.replaceChildren(asked.element);
  });
  element.append(asked.element, ...(fields && shown ? [asText] : []));
  return { element, read: () => asked.read() };
}

function asJson(given: Params): Asked {
  const area = h('textarea', { rows: 8, spellcheck: 'false', class: 'code' }, JSON.stringify(given, null, 2));
  return { element: field('Params, as JSON', area), read: () => JSON.parse(area.value || '{}') as Params };
}

function byFields(fields: readonly Field[], given: Params): Asked {
  const inputs = fields.map((each) => ({ each, input: inputOf(each, given[each.name]) }));
  const labelled = inputs.map(({ each, input }) =>
    input instanceof HTMLInputElement && each.type === 'flag' ? check(each.label, input) : field(each.label, input),
  );
  const read = () =>
    Object.fromEntries(
      inputs.map(({ each, input }) => [each.name, valueOf(each, input)]).filter(([, value]) => value !== undefined),
    ) as Params;
  return { element: h('div', { class: 'form' }, ...labelled), read };
}

function inputOf({ type, on, hint }: Field, value: unknown): HTMLInputElement | HTMLTextAreaElement {
  if (type === 'flag') return h('input', { type: 'checkbox', checked: (value ?? on) === true });
  if (type === 'lines') {
    const written = Array.isArray(value) ? value.join('\n') : '';
    return h('textarea', { rows: 4, spellcheck: 'false' }, written);
  }
  const input = h('input', { type, placeholder: hint, step: type === 'number' ? 'any' : undefined });
  input.value = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  return input;
}

function valueOf({ type }: Field, input: HTMLInputElement | HTMLTextAreaElement): unknown {
  if (input instanceof HTMLInputElement && type === 'flag') return input.checked;
  if (type === 'lines') {
    const written = input.value.split('\n').map((line) => line.trim());
    return written.filter((line) => line !== '');
  }
  if (input.value.trim() === '') return undefined;
  return type === 'number' ? Number(input.value) : input.value.trim();
}
