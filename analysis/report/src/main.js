// Lays out the page from the data that it carries.
import {el, newId} from './dom.js';
import {citation, methods} from './methods.js';
import {prepare} from './prepare.js';
import {comparisonSections, fitSections, resultSections, statisticsSections, sweepSections} from './sections.js';
import {cities, count, plain} from './words.js';

const SECTIONS = {
  result: resultSections,
  comparison: comparisonSections,
  sweep: sweepSections,
  estimates: fitSections,
  statistics: statisticsSections,
};

const TITLES = {
  comparison: file => `${file.title || file.scenarios[0]}: what if?`,
  result: file => file.title || file.file,
  sweep: file => file.title || file.file,
  estimates: file => `Estimates for ${file.fits.map(each => plain(each.name)).join(', ')}`,
  statistics: file => `${file.title || file.file}: diffusion statistics`,
};
const SUBTITLES = {
  comparison: file =>
    `${cities(file.cities.count)}, ${file.time[0]} to ${file.time.at(-1)}; ${file.scenarios.slice(1).join(', ')} against ${file.scenarios[0]}, ${count(file.finished)} pairs of runs`,
  result: file => `${cities(file.cities.count)}, ${file.time[0]} to ${file.time.at(-1)}, ${count(file.finished)} runs`,
  sweep: file => `${count(file.points)} points of ${count(file.inputs.length)} parameters, ${count(file.replicates)} runs each`,
  estimates: file =>
    `${file.fits.some(each => each.posterior) ? 'Posterior of a calibration by simulation' : 'From observed adoptions'}; link ${[...new Set(file.fits.map(each => each.link))].join(', ')}`,
  statistics: file =>
    `${cities(file.cities.count)}, ${file.time[0]} to ${file.time.at(-1)}; ${file.replicates ? `of ${count(file.replicates)} runs in ${file.histories}` : 'of adoptions that were observed'}`,
};

/** What an interrupted study lacks, in words; '' where it has all. */
function unfinished(file) {
  const of = (made, asked) => `${count(made)} of the ${count(asked)}`;
  if (file.kind === 'sweep')
    return file.finished < file.runs
      ? `This sweep is not finished: it has ${of(file.finished, file.runs)} runs that were asked for. hansa sweep goes on with it.`
      : '';
  if (file.complete !== false) return '';
  const end =
    file.kind === 'result'
      ? 'What is there is sound, with more luck in it; run the scenario again for all.'
      : 'What is there is sound, with wider intervals.';
  const made = file.finished + (file.failed || 0);
  return `This ${file.kind === 'result' ? 'run' : 'comparison'} was interrupted: it has ${of(made, file.asked)} replicates that were asked for. ${end}`;
}

function cautions(file) {
  const made = [unfinished(file)].filter(Boolean);
  if (file.failed > 0 && file.kind !== 'sweep') made.push(`${count(file.failed)} replicates failed, and are left out.`);
  return made.map(each => el('p', {class: 'warn'}, each));
}

/** Sections of one file; each is an entry of the contents. */
function laidOut(file, alone) {
  const parts =
    file.finished === 0 && file.kind !== 'sweep'
      ? [{title: 'Key findings', body: el('p', {}, 'No replicate was finished.')}]
      : SECTIONS[file.kind](file);
  parts.push({title: 'Where the numbers come from', body: methods(file)});
  return parts.map((part, k) => {
    const id = newId('part');
    return {
      id,
      title: part.title,
      element: el(
        'section',
        {...(alone ? {'aria-labelledby': id} : {'aria-label': `${part.title}: ${file.file}`}), class: k === 0 ? 'key' : ''},
        el('h2', {id}, part.title),
        k === 0 && cautions(file),
        part.body,
      ),
    };
  });
}

/** Draws figures one by one while nothing else is to be done: a long page opens at once, and soon stands still. */
function drawInTurn(root) {
  const waiting = [...root.querySelectorAll('figure')].filter(each => each.redraw);
  const drawn = figure => figure.querySelector('.plot svg');
  const draw = () => {
    for (const each of waiting.splice(0)) if (!drawn(each)) each.redraw();
  };
  const next = () => {
    const figure = waiting.shift();
    if (figure && !drawn(figure)) figure.redraw();
    if (waiting.length) setTimeout(next);
    else document.documentElement.dataset.drawn = String(Math.round(performance.now()));
  };
  addEventListener('beforeprint', draw);
  requestAnimationFrame(next);
}

function show(data) {
  const [first] = data.files;
  const title = TITLES[first.kind](first);
  document.title = title;
  document.getElementById('head').replaceChildren(el('h1', {}, title), el('p', {class: 'soft'}, SUBTITLES[first.kind](first)));
  const main = document.getElementById('content');
  const nav = document.getElementById('contents');
  main.replaceChildren();
  data.files.forEach((file, k) => {
    const parts = laidOut(file, data.files.length === 1);
    if (k > 0)
      main.append(
        el(
          'div',
          {class: 'filehead'},
          el('p', {class: 'title'}, TITLES[file.kind](file)),
          el('p', {class: 'soft'}, SUBTITLES[file.kind](file)),
        ),
      );
    main.append(...parts.map(each => each.element));
    nav.append(
      el(
        'ul',
        {},
        data.files.length > 1 && el('li', {class: 'file'}, file.file),
        parts.map(each => el('li', {}, el('a', {href: `#${each.id}`}, each.title))),
      ),
    );
  });
  const foot = document.getElementById('foot');
  foot.prepend(el('p', {}, `Written by hansa report ${data.version}.`), citation(data.version));
  drawInTurn(main);
}

show(prepare(JSON.parse(document.getElementById('data').textContent)));
document.documentElement.dataset.ready = String(Math.round(performance.now()));
