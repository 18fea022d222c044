/* Marks and cards of a checked text: one click or one key goes from the one to the other. Anchors do it without this. */
"use strict";

(() => {
  const whole = document.querySelector("[data-jalon-check]");
  if (!whole) return;
  const marks = [...whole.querySelectorAll(".jalon-mark[id]")];
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  let current = -1;

  const show = (number, focus) => {
    whole.querySelectorAll("[data-jalon-chosen]").forEach((one) => one.removeAttribute("data-jalon-chosen"));
    const card = document.getElementById(`c${number}`);
    const mark = document.getElementById(`m${number}`);
    if (!card || !mark) return;
    current = marks.indexOf(mark);
    whole.querySelectorAll(`.jalon-mark[href="#c${number}"]`).forEach((one) => { one.dataset.jalonChosen = ""; });
    card.dataset.jalonChosen = "";
    const target = focus === "card" ? card : mark;
    target.focus({ preventScroll: true });
    for (const one of [card, mark]) {
      one.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
    }
    history.replaceState(null, "", `#${target.id}`);
  };

  whole.addEventListener("click", (event) => {
    const link = event.target.closest("a.jalon-mark, a.jalon-card__back");
    if (!link) return;
    event.preventDefault();
    const [kind, number] = [link.hash[1], link.hash.slice(2)];
    show(number, kind === "c" ? "card" : "mark");
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    const step = { n: 1, p: -1 }[event.key];
    if (!step || !marks.length) return;
    event.preventDefault();
    const next = current < 0 ? (step > 0 ? 0 : marks.length - 1) : (current + step + marks.length) % marks.length;
    show(marks[next].id.slice(1), "mark");
  });
})();
