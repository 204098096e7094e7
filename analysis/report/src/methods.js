// Where the numbers come from: the model in words, the scenario, seed, versions, inputs, how to cite.
import {el, save, table} from './dom.js';
import {markdown} from './markdown.js';
import {count, range} from './words.js';

const entry = (name, value) => (value === '' || value == null ? [] : [el('dt', {}, name), el('dd', {}, value)]);

function facts(file) {
  const engine = `hansa ${file.engine}${file.commit ? ` (${file.commit})` : ''}`;
  const runs =
    file.kind === 'sweep'
      ? `${count(file.finished)} of ${count(file.runs)}`
      : file.finished == null
        ? ''
        : `${count(file.finished)} of ${count(file.asked)} asked for${file.failed ? `; ${count(file.failed)} failed and are left out` : ''}`;
  return el(
    'dl',
    {},
    entry('File', file.file),
    entry('Engine', engine),
    entry('Compiler', file.compiler),
    entry('Seed', file.seed),
    entry('Replicates', runs),
    entry('Cities', file.cities && count(file.cities.count)),
    entry('Time', file.time && `${range(file.time[0], file.time.at(-1), String)}, in steps of one ${file.unit}`),
    entry('Parameters drawn from', file.parameters_drawn_from || file.drawn_from),
    entry('Strengths taken from', file.taken_from),
    entry('Currency', file.currency),
  );
}

function describedModel(file) {
  if (!file.description)
    return el(
      'p',
      {class: 'soft'},
      `The model in words: run hansa describe on the scenario. It is not here since its data could not be read again (${file.no_description}); hansa report --data FOLDER says where they are.`,
    );
  return el(
    'details',
    {},
    el('summary', {}, 'The model in words and formulas (ODD)'),
    el('div', {class: 'described'}, markdown(file.description, 3)),
    el(
      'button',
      {type: 'button', class: 'small', click: () => save(`${file.key}-model.markdown`, file.description, 'text/markdown')},
      'Markdown',
    ),
  );
}

function scenarioText(file) {
  return el(
    'details',
    {},
    el('summary', {}, file.kind === 'comparison' ? 'The base scenario, as it was run' : 'The scenario, as it was run'),
    el('pre', {tabindex: '0'}, file.scenario),
    file.scenario_bytes > 200000 &&
      el('p', {class: 'soft'}, `The beginning of ${count(file.scenario_bytes)} bytes; the file has all.`),
    el('button', {type: 'button', class: 'small', click: () => save(`${file.key}.yaml`, file.scenario, 'text/yaml')}, 'YAML'),
  );
}

export function methods(file) {
  return [
    facts(file),
    describedModel(file),
    file.scenario && scenarioText(file),
    file.files_read.length > 0 &&
      el(
        'details',
        {},
        el('summary', {}, `Files that were read (${file.files_read.length})`),
        table('Files that were read, and the SHA-256 of their bytes', ['file', 'SHA-256'], file.files_read.slice(0, 500)),
      ),
  ];
}

export function citation(version) {
  return el(
    'p',
    {},
    'To cite: ',
    el('cite', {}, 'The hansa authors: hansa: an agent-based simulation engine for policy diffusion among cities'),
    `, version ${version}; name the version, commit and seed above, and the sources of the data.`,
  );
}
