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

/* Copy a citation. */
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-jalon-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(document.getElementById(button.dataset.jalonCopy).textContent.trim());
  button.textContent = "Copié";
});
document.querySelectorAll("[data-jalon-copy]").forEach((button) => { button.hidden = false; });

/* On a screen wide enough, the table of a map stands open beside it. */
document.querySelectorAll("details[data-jalon-open]").forEach((details) => {
  if (window.matchMedia(details.dataset.jalonOpen).matches) details.open = true;
});
