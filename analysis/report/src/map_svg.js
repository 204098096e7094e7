// A map as SVG, as it is seen now: coasts, arcs, cities by colour, marks.
import {geoPath} from 'd3-geo';

const NS = 'http://www.w3.org/2000/svg';

function node(tag, attributes, ...children) {
  const made = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

const round = value => value.toFixed(1);

function dots(map) {
  const {starts, cities} = map.sorted();
  const r = round(map.radius());
  return map.palette.map((colour, b) =>
    node(
      'g',
      {fill: colour},
      ...Array.from(cities.subarray(starts[b], starts[b + 1]), i => {
        const [x, y] = map.at(i);
        return node('circle', {cx: round(x), cy: round(y), r});
      }),
    ),
  );
}

function arcs(map) {
  return map.arcs.map(arc => {
    const {ax, ay, mx, my, bx, by, opacity, width} = map.arc(arc);
    const d = `M${round(ax)},${round(ay)}Q${round(mx)},${round(my)} ${round(bx)},${round(by)}`;
    return node('path', {
      d,
      fill: 'none',
      stroke: '#5c2c78',
      'stroke-opacity': opacity.toFixed(2),
      'stroke-width': width.toFixed(2),
    });
  });
}

function marks(map) {
  return [...map.marked].map(i => {
    const [x, y] = map.at(i);
    return node('path', {d: `M${round(x)},${round(y - 5)}l5,5l-5,5l-5,-5z`, fill: '#E69F00', stroke: '#1b1f24'});
  });
}

/** The text of a file of SVG with a title; `land` is what the map draws below its cities. */
export function mapSvg(map, land, title) {
  const path = geoPath(map.projection);
  const {k, x, y} = map.zoom;
  const base = node(
    'g',
    {transform: `translate(${x},${y}) scale(${k})`},
    node('path', {d: path({type: 'Sphere'}), fill: '#f3f6f9'}),
    node('path', {d: path(land), fill: '#e8ebee', stroke: '#d2d7dc', 'stroke-width': 0.7 / k}),
  );
  const name = node('title', {});
  name.textContent = title;
  const box = `0 0 ${map.width} ${map.height}`;
  const svg = node(
    'svg',
    {width: map.width, height: map.height, viewBox: box},
    name,
    base,
    ...arcs(map),
    ...dots(map),
    ...marks(map),
  );
  return new XMLSerializer().serializeToString(svg);
}
