"use strict";

const CHOICES = { b: "background", u: "unsure", o: "object" };

/** What the command line reads: only what was decided, in the cards' order. */
function decisionFile(places, decided) {
  const decisions = [];
  places.forEach((place, i) => {
    if (decided[i]) {
      decisions.push({
        picture: place.picture,
        region: JSON.parse(place.region),
        fired: JSON.parse(place.fired),
        class: place.class,
        decision: decided[i],
      });
    }
  });
  return { kind: "hardmine-decisions", version: 1, decisions: decisions };
}

/** How many there are of each decision, and how many cards are open. */
function tally(decided, count) {
  const counts = { background: 0, unsure: 0, object: 0, open: count };
  Object.keys(decided).forEach((i) => {
    counts[decided[i]]++;
    counts.open--;
  });
  return counts;
}

/** A sentence for whoever has just saved. */
function saved(counts) {
  const decided = counts.background + counts.unsure + counts.object;
  return (
    "Saved " + decided + (decided === 1 ? " decision" : " decisions") + " to decisions.json, among your downloads: " +
    counts.background + " background, " + counts.unsure + " unsure, " + counts.object + " object." +
    (counts.open > 0 ? " " + counts.open + " are open and stay hard negatives." : "")
  );
}

/** The card above or below, or beside, in a grid of so many columns. */
function neighbor(current, key, columns, count) {
  const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
  const next = current + steps[key];
  return next >= 0 && next < count ? next : current;
}

/** Where to go after a decision: the next open card, or the next one. */
function following(current, decided, count) {
  for (let i = current + 1; i < count; i++) {
    if (!decided[i]) {
      return i;
    }
  }
  return Math.min(current + 1, count - 1);
}

function review() {
  const cards = Array.from(document.querySelectorAll(".cards li"));
  const key = document.body.dataset.key;
  const note = document.getElementById("note");
  let decided = {};
  let current = 0;

  try {
    decided = JSON.parse(localStorage.getItem(key)) || {};
  } catch (e) {
    forgetful();
  }

  function forgetful() {
    note.textContent = "This browser remembers nothing here: save before you close the page.";
    note.hidden = false;
  }

  function remember() {
    try {
      localStorage.setItem(key, JSON.stringify(decided));
    } catch (e) {
      forgetful();
    }
  }

  function show() {
    const counts = tally(decided, cards.length);
    cards.forEach((card, i) => {
      const decision = decided[i];
      if (decision) {
        card.dataset.decision = decision;
      } else {
        delete card.dataset.decision;
      }
      card.setAttribute("aria-current", String(i === current));
      card.querySelectorAll("[data-choice]").forEach((button) => {
        button.setAttribute("aria-pressed", String(button.dataset.choice === decision));
      });
    });
    const done = cards.length - counts.open;
    document.getElementById("count").textContent =
      done + " of " + cards.length + " decided: " + counts.background + " background, " + counts.unsure + " unsure, " + counts.object + " object";
    document.getElementById("progress").value = done;
    document.getElementById("save").disabled = done === 0;
  }

  function go(to) {
    current = to;
    show();
    cards[current].focus({ preventScroll: true });
    cards[current].scrollIntoView({ block: "nearest" });
  }

  function decide(i, choice) {
    if (decided[i] === choice) {
      delete decided[i];
      current = i;
    } else {
      decided[i] = choice;
      current = following(i, decided, cards.length);
    }
    remember();
    go(current);
  }

  function columns() {
    return cards.filter((card) => card.offsetTop === cards[0].offsetTop).length;
  }

  cards.forEach((card, i) => {
    card.addEventListener("click", (event) => {
      const choice = event.target.dataset.choice;
      if (choice) {
        decide(i, choice);
      } else {
        go(i);
      }
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || cards.length === 0) {
      return;
    }
    if (CHOICES[event.key.toLowerCase()]) {
      event.preventDefault();
      decide(current, CHOICES[event.key.toLowerCase()]);
    } else if (event.key.startsWith("Arrow")) {
      event.preventDefault();
      go(neighbor(current, event.key, columns(), cards.length));
    }
  });
  document.getElementById("save").addEventListener("click", () => {
    const text = JSON.stringify(decisionFile(cards.map((card) => card.dataset), decided), null, 2);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = "decisions.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    note.textContent = saved(tally(decided, cards.length));
    note.hidden = false;
  });
  show();
}

if (typeof document !== "undefined") {
  review();
}
