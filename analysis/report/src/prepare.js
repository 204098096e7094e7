// What the page has packed, unpacked: numbers of cities, names that can be told apart, short names of parameters.
import {cityNames, counts, floats} from './decode.js';
import {parameter} from './words.js';

/** A word for ids and names of files: letters, digits, hyphens. */
const keyOf = (file, k) =>
  `${
    file
      .replace(/\.[^.]*$/, '')
      .replace(/[^A-Za-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'file'
  }${k ? `-${k + 1}` : ''}`;

function prepareResult(file) {
  if (file.cities.listed) file.names = cityNames(file.cities);
  for (const policy of file.policies) {
    policy.numbers = policy.counts && counts(policy.counts, policy.count_bytes);
    policy.causeCounts = policy.causes && counts(policy.causes, 4);
    policy.beliefMeans = policy.beliefs && floats(policy.beliefs);
  }
}

function prepareComparison(file) {
  file.names = cityNames(file.cities);
  for (const whatIf of file.what_ifs)
    for (const policy of whatIf.policies)
      policy.numbers =
        policy.cities && Object.fromEntries(Object.entries(policy.cities).map(([key, text]) => [key, floats(text)]));
}

/** The ends of paths that tell them apart. */
function prepareSweep(file) {
  const full = file.inputs.map(each => parameter(each.path).split(' › '));
  const short = (parts, k) => {
    for (let n = 1; n <= parts.length; ++n) {
      const end = parts.slice(-n).join(' › ');
      if (n > 1 || /^(baseline)$/.test(end))
        if (full.every((other, j) => j === k || other.slice(-n).join(' › ') !== end)) return end;
    }
    return parts.join(' › ');
  };
  file.short = new Map(file.inputs.map((each, k) => [each.path, short(full[k], k)]));
}

function prepareStatistics(file) {
  file.names = cityNames(file.cities);
  for (const each of file.statistics) each.numbers = each.by_city ? each.of.map(floats) : null;
}

/** A result's cities in the order of a file of statistics about the same cities; null where they are others. */
function sameCities(result, statistics) {
  const position = new Map(statistics.cities.id.map((id, k) => [id, k]));
  const found = result.cities.id.map(id => position.get(id));
  return found.includes(undefined) ? null : found;
}

/** Exposures that stand in a file of statistics belong on the pages of a result's cities too. */
function relate(files) {
  const statistics = files.filter(each => each.kind === 'statistics' && each.statistics.some(one => one.kind === 'exposure'));
  for (const result of files.filter(each => each.kind === 'result' && each.cities.listed)) {
    result.exposures = statistics.map(file => ({file, position: sameCities(result, file)})).filter(each => each.position != null);
  }
}

export function prepare(data) {
  data.files.forEach((file, k) => {
    file.key = keyOf(file.file, data.files.findIndex(each => each.file === file.file) === k ? 0 : k);
    file.chosen = new EventTarget();
    if (file.kind === 'result') prepareResult(file);
    if (file.kind === 'comparison') prepareComparison(file);
    if (file.kind === 'sweep') prepareSweep(file);
    if (file.kind === 'statistics') prepareStatistics(file);
  });
  relate(data.files);
  return data;
}
