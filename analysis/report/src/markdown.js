// The Markdown of `hansa describe` as elements: headings, paragraphs, lists, tables, code; nothing of it becomes markup.
import {el, newId} from './dom.js';

const PIECES = /(`[^`]+`|\*\*[^*]+\*\*|\*[^*\s][^*]*\*|\[[^\]]+\]\([^)\s]+\))/;

/** Words with their emphasis; of a link what it is called. */
function inline(text) {
  return text.split(PIECES).map(piece => {
    if (/^`.+`$/.test(piece)) return el('code', {}, piece.slice(1, -1));
    if (/^\*\*.+\*\*$/.test(piece)) return el('strong', {}, piece.slice(2, -2));
    if (/^\*.+\*$/.test(piece)) return el('em', {}, piece.slice(1, -1));
    const link = piece.match(/^\[([^\]]+)\]\(/);
    return link ? link[1] : piece.replace(/\\([\\`*_{}[\]()#+\-.!|<>~$&])/g, '$1');
  });
}

const cells = line =>
  line
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map(each => inline(each.trim()));

function takeTable(lines) {
  const head = cells(lines.shift());
  lines.shift();
  const rows = [];
  while (lines.length && lines[0].trim().startsWith('|')) rows.push(cells(lines.shift()));
  return el(
    'div',
    {class: 'scroll', role: 'region', tabindex: '0', 'aria-label': `${newId('Table').replace('-', ' ')} of the description`},
    el(
      'table',
      {},
      el(
        'thead',
        {},
        el(
          'tr',
          {},
          head.map(each => (each.join('') === '' ? el('td') : el('th', {scope: 'col'}, each))),
        ),
      ),
      el(
        'tbody',
        {},
        rows.map(row =>
          el(
            'tr',
            {},
            row.map(each => el('td', {}, each)),
          ),
        ),
      ),
    ),
  );
}

function takeList(lines) {
  const items = [];
  while (lines.length && /^\s*([-*]|\d+\.)\s/.test(lines[0])) {
    let text = lines.shift().replace(/^\s*([-*]|\d+\.)\s+/, '');
    while (lines.length && /^\s{2,}\S/.test(lines[0]) && !/^\s*([-*]|\d+\.)\s/.test(lines[0])) text += ` ${lines.shift().trim()}`;
    items.push(el('li', {}, inline(text)));
  }
  return el('ul', {}, items);
}

function takeCode(lines) {
  lines.shift();
  const code = [];
  while (lines.length && !lines[0].startsWith('```')) code.push(lines.shift());
  lines.shift();
  return el('pre', {tabindex: '0'}, code.join('\n'));
}

const SPECIAL = /^(#{1,6}\s|```|\s*([-*]|\d+\.)\s|\s*\|)/;
function takeParagraph(lines) {
  let text = lines.shift();
  while (lines.length && lines[0].trim() !== '' && !SPECIAL.test(lines[0])) text += ` ${lines.shift().trim()}`;
  return el('p', {}, inline(text));
}

/** Headings begin at `level`. */
export function markdown(text, level) {
  const lines = text.split('\n');
  const made = [];
  let before = level - 1;
  while (lines.length) {
    if (lines[0].trim() === '') {
      lines.shift();
      continue;
    }
    const heading = lines[0].match(/^(#{1,6})\s+(.*)$/);
    if (heading) {
      before = Math.min(6, before + 1, level + heading[1].length - 1);
      made.push(el(`h${before}`, {}, inline(heading[2])));
      lines.shift();
    } else if (lines[0].startsWith('```')) made.push(takeCode(lines));
    else if (/^\s*\|/.test(lines[0]) && /^\s*\|?[\s:|-]+$/.test(lines[1] ?? '')) made.push(takeTable(lines));
    else if (/^\s*([-*]|\d+\.)\s/.test(lines[0])) made.push(takeList(lines));
    else made.push(takeParagraph(lines));
  }
  return made;
}
