// A figure: a chart that fits its width, its words, its table, and what can be saved of it.
import {csv, el, newId, save, source, table} from './dom.js';
import {num} from './words.js';

const MOST_ROWS = 400;

/** Widths of hidden or unmeasured boxes are taken from the window. */
const widthOf = box => Math.max(280, Math.min(1060, Math.floor(box.clientWidth || document.documentElement.clientWidth - 32)));

/** Plot names bare groups, which nobody may do; the picture as a whole gets the words. */
function speak(svg, label) {
  for (const each of svg.querySelectorAll('[aria-label]')) each.removeAttribute('aria-label');
  for (const each of svg.querySelectorAll('[aria-description]')) each.removeAttribute('aria-description');
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', label);
}

function svgText(svg) {
  const copy = svg.cloneNode(true);
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('style', 'font: 13px system-ui, sans-serif; background: #fff');
  return new XMLSerializer().serializeToString(copy);
}

const shown = cell => (typeof cell === 'number' ? (Number.isInteger(cell) ? String(cell) : num(cell)) : cell);

/** The numbers of a chart, made when somebody opens them. */
function numbersBelow(title, name, data) {
  const box = el(
    'details',
    {
      class: 'data',
      toggle: () => {
        if (!box.open || box.querySelector('table')) return;
        const {head, rows} = data();
        const numbers = head.map((_, k) => k).filter(k => rows.some(row => typeof row[k] === 'number'));
        box.append(
          table(
            title,
            head,
            rows.slice(0, MOST_ROWS).map(row => row.map(shown)),
            {numbers},
          ),
        );
        if (rows.length > MOST_ROWS)
          box.append(el('p', {class: 'soft'}, `The first ${MOST_ROWS} of ${rows.length} rows; the CSV has all.`));
      },
    },
    el('summary', {}, 'Numbers'),
  );
  const button = el(
    'button',
    {
      type: 'button',
      class: 'small',
      click: () => {
        const {head, rows} = data();
        save(`${name}.csv`, csv(head, rows), 'text/csv');
      },
    },
    'CSV',
  );
  return {box, button};
}

/**
 * A figure of: `title`, `note` (what is drawn, for those who read), `label` (what it shows, for those who do not see),
 * `draw(width)` → svg, `data()` → {head, rows}, `variables` in `file`, `controls`, `legend`. Returns the element; its
 * `redraw` draws anew.
 */
export function figure({title, note, label, draw, data, variables, file, controls = [], legend, name}) {
  const place = el('div', {class: 'plot'});
  const key = el('div', {class: 'legend'});
  const heading = el('h3', {id: newId('figure')}, title);
  const text = el('p', {class: 'note'}, note ?? '');
  const {box, button} = numbersBelow(title, name, data);
  const svgButton = el(
    'button',
    {
      type: 'button',
      class: 'small',
      click: () => {
        const svg = place.querySelector('svg');
        if (svg) save(`${name}.svg`, svgText(svg), 'image/svg+xml');
      },
    },
    'SVG',
  );
  const made = el(
    'figure',
    {'aria-labelledby': heading.id, id: name},
    heading,
    text,
    controls.length > 0 && el('div', {class: 'controls'}, controls),
    key,
    place,
    el('div', {class: 'below'}, source(file, variables), el('span', {class: 'savings'}, svgButton, button)),
    box,
  );
  let width = 0;
  made.redraw = () => {
    width = widthOf(place);
    const svg = draw(width);
    speak(svg, typeof label === 'function' ? label() : label);
    place.replaceChildren(svg);
    if (legend) key.replaceChildren(...legend());
    if (typeof note === 'function') text.textContent = note();
  };
  new ResizeObserver(() => {
    if (widthOf(place) !== width && place.clientWidth > 0) requestAnimationFrame(made.redraw);
  }).observe(place);
  return made;
}

/** An entry of a legend. */
export const keyed = (colour, text, shape = 'block') =>
  el('span', {class: 'key'}, el('i', {class: shape, style: `--c:${colour}`, 'aria-hidden': 'true'}), text);

export const narrow = width => width < 560;
/** What all charts share. */
export const look = (width, more = {}) => ({
  width,
  marginLeft: narrow(width) ? 40 : 52,
  marginRight: 14,
  marginTop: 30,
  style: {
    fontFamily: 'system-ui, sans-serif',
    fontSize: narrow(width) ? '12px' : '13px',
    background: 'transparent',
    overflow: 'visible',
    color: '#1b1f24',
  },
  ...more,
});
/** Labels of an axis of steps: whole ones, also where there are fewer than ticks. */
const whole = at => (Number.isInteger(at) ? String(at) : '');
export const years = (width, more = {}) => ({label: null, tickFormat: whole, ticks: narrow(width) ? 5 : 10, ...more});
/** A y-coordinate for each label, the least moved that none overlap; `gap` in the unit of the values. */
export function apart(ends, gap) {
  const sorted = [...ends].sort((a, b) => a.at - b.at);
  for (let k = 1; k < sorted.length; ++k) sorted[k].at = Math.max(sorted[k].at, sorted[k - 1].at + gap);
  return ends;
}
