
/* ---- the figures, as the PNG files show them ---- */

const range = (from, to, steps) => Array.from({length: steps + 1}, (_, i) => from + (to - from) * i / steps);
const line = (name, x, f) => ({name: name, x: x, y: x.map(f)});
const PROBABILITIES = range(0.005, 0.995, 198);
const PROBABILITY = {title: 'p: probability of the right answer', from: 0, to: 1};
const LOSS = {title: 'loss', from: 0, to: 5};
const TURNS = 4 * Math.PI;

function figures(alpha, gamma) {
  const a = parameter(alpha), g = parameter(gamma);
  const overP = (name, f) => line(name, PROBABILITIES, f);
  const plain = overP('cross-entropy', crossEntropy);
  const angles = range(0, TURNS, 240);
  const gradients = [
    overP('cross-entropy', p => 1 - p),
    overP('focal loss of an object', p => focalGradient(p, alpha, gamma)),
    overP('focal loss of background', p => focalGradient(p, 1 - alpha, gamma))];
  const steepest = Math.max.apply(null, gradients.map(l => Math.max.apply(null, l.y)));
  return {
    'cross-entropy': {title: 'Cross-entropy: \u2212log p', x: PROBABILITY, y: LOSS, lines: [plain]},
    'sine-scaled': {
      title: 'A curve scaled by a constant, and by a function',
      x: {title: 'x', from: 0, to: TURNS}, y: {title: 'value', from: -1, to: 1},
      lines: [line('sin x', angles, Math.sin), line(a + ' \u00b7 sin x', angles, x => alpha * Math.sin(x)),
        line('(1 \u2212 x/4\u03c0)^' + g + ' \u00b7 sin x', angles, x => factor(x / TURNS, gamma) * Math.sin(x))]
    },
    'loss-scaled': {
      title: 'The loss scaled by a constant, and by a function', x: PROBABILITY, y: LOSS,
      lines: [plain, overP(a + ' \u00b7 cross-entropy', p => alpha * crossEntropy(p)),
        overP('(1 \u2212 p)^' + g + ' \u00b7 cross-entropy', p => focalLoss(p, 1, gamma))]
    },
    'scaling-factor': {
      title: 'Cross-entropy, and the factor that it is scaled by', x: PROBABILITY, y: {title: 'value', from: 0, to: 5},
      lines: [plain, overP('factor (1 \u2212 p)^' + g, p => factor(p, gamma))]
    },
    'focal-loss': {
      title: 'Focal loss (\u03b1 = ' + a + ', \u03b3 = ' + g + ') against cross-entropy', x: PROBABILITY, y: LOSS,
      lines: [plain, overP('focal loss of an object', p => focalLoss(p, alpha, gamma)),
        overP('focal loss of background', p => focalLoss(p, 1 - alpha, gamma))]
    },
    'gradients': {
      title: 'Their gradients (\u03b1 = ' + a + ', \u03b3 = ' + g + ')', x: PROBABILITY,
      y: {title: 'amount of the derivative by the logit', from: 0, to: Math.max(1, Math.ceil(5 * steepest) / 5)},
      lines: gradients
    }
  };
}
