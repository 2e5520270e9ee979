'use strict';
/*
 * The losses again, for sliders to move: p is the probability of the right answer, the weight is alpha for an object and
 * 1 - alpha for background. Checked against Hardmine's own losses by a test, and by the page when it opens.
 */
const crossEntropy = p => -Math.log(p);
const factor = (p, gamma) => Math.pow(1 - p, gamma);
const focalLoss = (p, weight, gamma) => weight * factor(p, gamma) * crossEntropy(p);
/* amount of the derivative by the logit */
const focalGradient = (p, weight, gamma) => weight * factor(p, gamma) * (gamma * p * crossEntropy(p) + 1 - p);

/* largest relative distance from values that the losses of Hardmine gave */
function disagreement(reference) {
  let largest = 0;
  reference.forEach(row => {
    const weight = row.object ? row.alpha : 1 - row.alpha;
    const distance = (ours, theirs) => Math.abs(ours - theirs) / theirs;
    const here = Math.max(
      distance(focalLoss(row.p, weight, row.gamma), row.loss),
      distance(focalGradient(row.p, weight, row.gamma), row.gradient));
    largest = here > largest || here !== here ? here : largest;
  });
  return largest;
}

/* ---- the same in words ---- */

function parameter(value) { return String(Math.round(value * 1000) / 1000); }

/* to two figures that matter, thousands apart; in powers of ten where that can no longer be read */
function count(value) {
  if (value < 0.05) { return 'less than 0.1'; }
  if (value < 10) { return String(Math.round(value * 10) / 10); }
  if (value >= 1e7) {
    const digits = '\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079';
    return '10' + String(Math.round(Math.log10(value))).replace(/\d/g, d => digits[d]);
  }
  const unit = Math.pow(10, Math.floor(Math.log10(value)) - 1);
  return String(Math.round(Math.round(value / unit) * unit)).replace(/\B(?=(\d{3})+$)/g, ',');
}

function percent(share) {
  const value = 100 * share;
  if (value < 0.001) { return 'under 0.001 %'; }
  if (value > 99.99 && value < 100) { return 'over 99.99 %'; }
  return value.toFixed(value > 99 || value < 1 ? (value < 0.1 ? 3 : 2) : 1).replace(/\.0+$/, '') + ' %';
}

/* what is left of something: per cent while it is much, else one part of many */
function part(ratio) { return ratio > 0.2 ? percent(ratio) : '1/' + count(1 / ratio); }

const EASY = 0.9, EASIER = 0.99, HARD = 0.1;

/* what alpha and gamma do, each thought a heading and a sentence or two */
function explanation(alpha, gamma) {
  const ce = crossEntropy;
  const easyForHard = g => ce(HARD) * factor(HARD, g) / (ce(EASY) * factor(EASY, g));
  const crowd = 100000, few = 100;
  const backgroundShare = (objectWeight, backgroundWeight, g) => {
    const background = crowd * focalLoss(EASIER, backgroundWeight, g);
    return background / (background + few * focalLoss(HARD, objectWeight, g));
  };
  const pull = focalGradient(HARD, 1, gamma) / (1 - HARD);
  const thoughts = [];
  thoughts.push({
    heading: 'The factor',
    text: gamma === 0
      ? 'With \u03b3 = 0 the factor is 1 everywhere: focal loss is cross-entropy, weighted by \u03b1.'
      : 'With \u03b3 = ' + parameter(gamma) + ' an easy example (p = 0.9) counts ' + part(factor(EASY, gamma))
        + ' of what it costs in cross-entropy, a very easy one (p = 0.99) ' + part(factor(EASIER, gamma))
        + '. A hard one (p = 0.1) keeps ' + part(factor(HARD, gamma)) + '.'
  });
  thoughts.push({
    heading: 'Many easy ones against one hard one',
    text: 'In cross-entropy ' + count(easyForHard(0)) + ' easy examples (p = 0.9) together outweigh one hard one (p = 0.1). '
      + (gamma === 0
        ? 'Without focusing, that is all there is.'
        : 'With \u03b3 = ' + parameter(gamma) + ' it takes ' + count(easyForHard(gamma)) + '.')
      + ' Where the easy ones are background and the hard one is an object, \u03b1 = ' + parameter(alpha)
      + ' makes that ' + count(easyForHard(gamma) * alpha / (1 - alpha)) + '.'
  });
  thoughts.push({
    heading: 'A whole picture',
    text: 'Take 100,000 anchors on background, each sure of it (p = 0.99), and 100 anchors on objects that the network '
      + 'misses (p = 0.1). Background makes up ' + percent(backgroundShare(1, 1, 0)) + ' of the cross-entropy and '
      + percent(backgroundShare(alpha, 1 - alpha, gamma)) + ' of the focal loss.'
  });
  thoughts.push({
    heading: 'What \u03b1 does',
    text: alpha === 0.5
      ? 'With \u03b1 = 0.5 objects and background weigh the same.'
      : 'Whatever p is, an object weighs ' + parameter(alpha) + ' and background ' + parameter(1 - alpha) + ': '
        + (alpha < 0.5
          ? 'background counts ' + count((1 - alpha) / alpha) + ' times as much. That is not a mistake where \u03b3 is large: '
            + '\u03b3 has silenced easy background already, and \u03b1 gives some of it back.'
          : 'objects count ' + count(alpha / (1 - alpha)) + ' times as much. That helps the few objects against much '
            + 'background, but easy and hard are still treated alike.')
  });
  thoughts.push({
    heading: 'The gradients',
    text: 'What trains the network is the slope by the logit. In cross-entropy it is 1 \u2212 p: 0.1 for an easy example '
      + '(p = 0.9), 0.9 for a hard one (p = 0.1). '
      + (gamma === 0
        ? 'With \u03b3 = 0 it stays so.'
        : 'Before \u03b1, \u03b3 = ' + parameter(gamma) + ' leaves the easy one ' + part(focalGradient(EASY, 1, gamma) / (1 - EASY))
          + ' of it' + (pull > 1.005
            ? ', while the hard one pulls ' + count(pull * 100 - 100) + ' % more than in cross-entropy.'
            : ' and the hard one ' + part(Math.min(1, pull)) + '.'))
  });
  return thoughts;
}
