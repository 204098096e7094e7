// Elements of the page: everything that comes from a file enters it as text, never as markup.

/** An element; attributes that are functions listen, `false` and `null` are left out. */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value == null) continue;
    if (typeof value === 'function') made.addEventListener(name, value);
    else if (name === 'style') made.style.cssText = value;
    else made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children.flat(Infinity).filter(each => each != null && each !== false));
  return made;
}

let numbered = 0;
/** An id that nothing else in the page has. */
export const newId = prefix => `${prefix}-${++numbered}`;

/** A labelled choice. */
export function choice(label, options, chosen, take) {
  const id = newId('choice');
  const select = el(
    'select',
    {id, change: () => take(select.value)},
    options.map(([value, text]) => el('option', {value, selected: String(value) === String(chosen)}, text)),
  );
  return el('span', {class: 'field'}, el('label', {for: id}, label), select);
}

/** A choice of the policy that all sections of a file share. */
export function policyChoice(file, names, take) {
  const made = choice(
    'Policy',
    names.map((name, p) => [p, name]),
    file.policy ?? 0,
    value => file.chosen.dispatchEvent(new CustomEvent('policy', {detail: Number(value)})),
  );
  file.chosen.addEventListener('policy', ({detail}) => {
    made.querySelector('select').value = detail;
    take(detail);
  });
  return made;
}

/** A button that is on or off. */
export function toggle(label, on, take) {
  const button = el(
    'button',
    {
      type: 'button',
      'aria-pressed': String(on),
      click: () => {
        const now = button.getAttribute('aria-pressed') !== 'true';
        button.setAttribute('aria-pressed', String(now));
        take(now);
      },
    },
    label,
  );
  return button;
}

/** A table with a caption; the first column names the rows. Cells are texts, numbers or elements. */
export function table(caption, head, rows, {numbers = []} = {}) {
  const kind = k => (numbers.includes(k) ? {class: 'n'} : {});
  return el(
    'div',
    {class: 'scroll', role: 'region', tabindex: '0', 'aria-label': caption},
    el(
      'table',
      {},
      el('caption', {}, caption),
      el(
        'thead',
        {},
        el(
          'tr',
          {},
          head.map((each, k) => el('th', {scope: 'col', ...kind(k)}, each)),
        ),
      ),
      el(
        'tbody',
        {},
        rows.map(row =>
          el(
            'tr',
            {},
            row.map((cell, k) => (k === 0 ? el('th', {scope: 'row', ...kind(k)}, cell ?? '–') : el('td', kind(k), cell ?? '–'))),
          ),
        ),
      ),
    ),
  );
}

/** Names of the variables from which something was read. */
export function source(file, variables) {
  const names = variables.flatMap((name, k) => [k ? ', ' : '', el('code', {}, name)]);
  return el('p', {class: 'source'}, 'From ', names, ` in ${file}`);
}

/** Offers a text as a file. */
export function save(name, text, type) {
  const address = URL.createObjectURL(new Blob([text], {type}));
  el('a', {href: address, download: name}).click();
  setTimeout(() => URL.revokeObjectURL(address), 2000);
}

const quoted = cell => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
/** A cell that a spreadsheet would take for a formula begins with an apostrophe. */
const harmless = cell => (typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell);
/** RFC 4180; numbers with all their digits, missing ones empty. */
export const csv = (head, rows) =>
  [head, ...rows]
    .map(row => row.map(cell => quoted(cell == null || Number.isNaN(cell) ? '' : String(harmless(cell)))).join(','))
    .join('\r\n') + '\r\n';
