/* Behaviour that pages can do without: each part improves something that works as plain HTML. */
"use strict";

/* An error is shown by its own page, not inside a list. */
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status >= 400) window.location.assign(event.detail.pathInfo.finalRequestPath);
});

document.addEventListener("htmx:sendError", () => {
  const count = document.getElementById("compte");
  if (count) count.textContent = "Le serveur ne répond pas. Vérifiez la connexion, puis relancez la recherche.";
});

/* A choice in a list with data-jalon-submit sends its form at once. */
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-jalon-submit]")) event.target.form.requestSubmit();
});

/* A text with data-jalon-copy gets a button that copies it. */
if (navigator.clipboard) document.querySelectorAll("[data-jalon-copy]").forEach((text) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "fr-btn fr-btn--sm fr-btn--secondary";
  button.textContent = "Copier";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text.textContent.trim());
    button.textContent = "Copié";
  });
  text.after(button);
});

/* On a screen wide enough, the table of a map stands open beside it. */
document.querySelectorAll("details[data-jalon-open]").forEach((details) => {
  if (window.matchMedia(details.dataset.jalonOpen).matches) details.open = true;
});

/* In a row of steps, the left and right arrows go from one link to the next. */
document.querySelectorAll("[data-jalon-steps] ol").forEach((list) => {
  const links = [...list.querySelectorAll("a")];
  links.forEach((link) => { link.title = link.textContent.trim(); });
  list.addEventListener("keydown", (event) => {
    const to = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const next = to && links[links.indexOf(document.activeElement) + to];
    if (next) { event.preventDefault(); next.focus(); }
  });
});
