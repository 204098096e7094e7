// Finds a city by its name: a field, and buttons for what it finds.
import {el, newId} from './dom.js';

const MOST = 8;
const bare = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

export function citySearch(names, pick) {
  const id = newId('search');
  const keys = names.map(bare);
  const found = el('ul', {class: 'found'});
  const said = el('span', {class: 'soft', role: 'status'});
  const input = el('input', {
    id,
    type: 'search',
    autocomplete: 'off',
    input: () => {
      const wanted = bare(input.value.trim());
      const hits =
        wanted === ''
          ? []
          : [...keys.keys()]
              .filter(i => keys[i].includes(wanted))
              .sort((a, b) => !keys[a].startsWith(wanted) - !keys[b].startsWith(wanted) || keys[a].length - keys[b].length);
      found.replaceChildren(
        ...hits.slice(0, MOST).map(i => el('li', {}, el('button', {type: 'button', click: () => take(i)}, names[i]))),
      );
      said.textContent =
        wanted === ''
          ? ''
          : hits.length === 0
            ? 'No such city.'
            : hits.length > MOST
              ? `${hits.length} cities, the first ${MOST} below.`
              : '';
    },
    keydown: event => {
      const first = found.querySelector('button');
      if (event.key === 'Enter' && first) {
        event.preventDefault();
        first.click();
      }
      if (event.key === 'Escape') {
        input.value = '';
        input.dispatchEvent(new Event('input'));
      }
    },
  });
  const take = city => {
    input.value = names[city];
    found.replaceChildren();
    pick(city);
  };
  return el('div', {class: 'search'}, el('span', {class: 'field'}, el('label', {for: id}, 'Find a city'), input), said, found);
}
