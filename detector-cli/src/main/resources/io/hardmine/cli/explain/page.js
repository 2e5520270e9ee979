
/* ---- drawing ---- */

const SVG = 'http://www.w3.org/2000/svg';
const WIDTH = 560, HEIGHT = 380, LEFT = 52, RIGHT = 14, TOP = 12, BOTTOM = 46;

function element(parent, name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  Object.keys(attributes).forEach(key => made.setAttribute(key, attributes[key]));
  if (text !== undefined) { made.textContent = text; }
  parent.appendChild(made);
  return made;
}

function html(parent, name, className, text) {
  const made = document.createElement(name);
  if (className) { made.className = className; }
  if (text !== undefined) { made.textContent = text; }
  parent.appendChild(made);
  return made;
}

function ticks(axis) {
  const found = [];
  if (axis.logarithmic) {
    for (let decade = Math.round(Math.log10(axis.from)); decade <= Math.log10(axis.to) + 1e-9; decade++) {
      found.push(Math.pow(10, decade));
    }
    return found;
  }
  const rough = (axis.to - axis.from) / 6;
  const power = Math.pow(10, Math.floor(Math.log10(rough)));
  const step = [1, 2, 5, 10].map(s => s * power).find(s => s >= rough);
  for (let i = Math.ceil(axis.from / step); i * step <= axis.to + 1e-9; i++) {
    found.push(i * step);
  }
  return found;
}

const position = (axis, value) => axis.logarithmic
  ? Math.log(value / axis.from) / Math.log(axis.to / axis.from)
  : (value - axis.from) / (axis.to - axis.from);

/* a figure as explain.json has it, into an empty SVG and a legend below */
function draw(holder, figure) {
  holder.querySelector('h3').textContent = figure.title;
  const svg = holder.querySelector('svg');
  const legend = holder.querySelector('.legend');
  svg.textContent = '';
  legend.textContent = '';
  svg.setAttribute('viewBox', '0 0 ' + WIDTH + ' ' + HEIGHT);
  const x = value => LEFT + position(figure.x, value) * (WIDTH - LEFT - RIGHT);
  const y = value => HEIGHT - BOTTOM - position(figure.y, value) * (HEIGHT - TOP - BOTTOM);
  const written = value => String(Number(value.toPrecision(3)));
  ticks(figure.x).forEach(t => {
    element(svg, 'line', {class: 'grid', x1: x(t), x2: x(t), y1: TOP, y2: HEIGHT - BOTTOM});
    element(svg, 'text', {class: 'tick', x: x(t), y: HEIGHT - BOTTOM + 16, 'text-anchor': 'middle'}, written(t));
  });
  ticks(figure.y).forEach(t => {
    element(svg, 'line', {class: 'grid', x1: LEFT, x2: WIDTH - RIGHT, y1: y(t), y2: y(t)});
    element(svg, 'text', {class: 'tick', x: LEFT - 7, y: y(t) + 4, 'text-anchor': 'end'}, written(t));
  });
  const middle = (TOP + HEIGHT - BOTTOM) / 2;
  element(svg, 'text', {class: 'axis', x: (LEFT + WIDTH - RIGHT) / 2, y: HEIGHT - 8, 'text-anchor': 'middle'}, figure.x.title);
  element(svg, 'text', {class: 'axis', x: 14, y: middle, 'text-anchor': 'middle', transform: 'rotate(-90 14 ' + middle + ')'},
    figure.y.title);
  const inside = 'inside-' + holder.id;
  const clip = element(element(svg, 'defs', {}), 'clipPath', {id: inside});
  element(clip, 'rect', {x: LEFT, y: TOP - 2, width: WIDTH - LEFT - RIGHT, height: HEIGHT - TOP - BOTTOM + 4});
  const lines = element(svg, 'g', {'clip-path': 'url(#' + inside + ')'});
  figure.lines.forEach((line, i) => {
    const points = line.x.map((at, k) => x(at).toFixed(2) + ',' + y(line.y[k]).toFixed(2));
    element(lines, 'polyline', {class: 'line s' + i, points: points.join(' ')});
    html(legend, 'span', 'key s' + i, line.name);
  });
  svg.setAttribute('aria-label', figure.title + '; ' + figure.y.title + ' over ' + figure.x.title + ': '
    + figure.lines.map(line => line.name).join(', '));
}

/* ---- the page ---- */

const data = JSON.parse(document.getElementById('data').textContent);
const sliders = {alpha: document.getElementById('alpha'), gamma: document.getElementById('gamma')};
const chosen = {alpha: data.alpha, gamma: data.gamma};

function show() {
  Object.keys(sliders).forEach(name => {
    document.getElementById(name + '-value').textContent = parameter(chosen[name]);
  });
  const drawn = figures(chosen.alpha, chosen.gamma);
  Object.keys(drawn).forEach(name => draw(document.getElementById(name), drawn[name]));
  const words = document.getElementById('words');
  words.textContent = '';
  explanation(chosen.alpha, chosen.gamma).forEach(thought => {
    const card = html(words, 'div');
    html(card, 'h3', '', thought.heading);
    html(card, 'p', '', thought.text);
  });
}

sliders.gamma.max = Math.max(5, Math.ceil(data.gamma));
Object.keys(sliders).forEach(name => {
  sliders[name].value = chosen[name];
  sliders[name].addEventListener('input', () => {
    chosen[name] = Number(sliders[name].value);
    show();
  });
});
document.getElementById('reset').addEventListener('click', () => {
  Object.keys(sliders).forEach(name => {
    chosen[name] = data[name];
    sliders[name].value = data[name];
  });
  show();
});
show();
data.figures.forEach(figure => draw(document.getElementById(figure.name), figure));
/* pictures without objects leave a figure empty */
document.querySelectorAll('figure svg:empty').forEach(svg => svg.closest('figure').remove());
if (data.measured) {
  data.measured.sentences.forEach(sentence => html(document.getElementById('sentences'), 'li', '', sentence));
  document.getElementById('measured-model').textContent = data.measured.model;
}
const distance = disagreement(data.reference);
document.getElementById('check').textContent = distance < 1e-5
  ? 'The curves of this page agree with the losses that Hardmine trains with: ' + data.reference.length
    + ' values and gradients compared.'
  : 'The curves of this page do not agree with the losses that Hardmine trains with: relative distance ' + distance + '.';
