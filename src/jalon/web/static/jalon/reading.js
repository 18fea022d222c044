/* The reading page: a field shows its place and a place its field without leaving the page; files dropped are sent. */
"use strict";

const reading = document.querySelector("[data-jalon-reading]");

function choose(key, { toField }) {
  reading.querySelectorAll(".jalon-mark--on, .jalon-read__field--on").forEach((one) => {
    one.classList.remove("jalon-mark--on", "jalon-read__field--on");
    one.removeAttribute("aria-current");
  });
  const marks = [...reading.querySelectorAll("[data-jalon-champ]")].filter((one) => one.dataset.jalonChamp === key);
  marks.forEach((mark) => {
    mark.classList.add("jalon-mark--on");
    mark.setAttribute("aria-current", "true");
  });
  const field = [...reading.querySelectorAll("[data-jalon-field]")].find((one) => one.dataset.jalonField === key);
  if (field) {
    field.classList.add("jalon-read__field--on");
    field.closest("details[data-jalon-block]").open = true;
  }
  const shown = toField ? field : marks[0];
  if (shown) shown.scrollIntoView({ block: "center", behavior: "auto" });
  if (toField && field) field.focus({ preventScroll: true });
  const address = new URL(window.location.href);
  address.searchParams.set("champ", key);
  address.hash = "";
  window.history.replaceState(window.history.state, "", address);
}

if (reading) {
  reading.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const mark = event.target.closest("[data-jalon-champ]");
    const link = event.target.closest("[data-jalon-here]");
    if (!mark && !link) return;
    event.preventDefault();
    choose(mark ? mark.dataset.jalonChamp : link.dataset.jalonHere, { toField: Boolean(mark) });
  });
  const current = reading.querySelector(".jalon-thumb[aria-current]");
  if (current) current.parentElement.parentElement.parentElement.scrollTop = current.offsetTop - 120;
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input, textarea, select") || event.altKey || event.ctrlKey || event.metaKey) return;
    const way = { PageDown: "next", PageUp: "prev" }[event.key];
    const link = way && event.shiftKey && document.querySelector(`.jalon-tools__pages a[rel="${way}"]`);
    if (link) link.click();
  });
}

document.querySelectorAll("[data-jalon-drop]").forEach((form) => {
  const input = form.querySelector("input[type=file]");
  const told = form.querySelector("[data-jalon-chosen]");
  const tell = () => {
    const names = [...input.files].map((file) => file.name);
    const more = names.length > 5 ? ` et ${names.length - 5} autres` : "";
    told.textContent = names.length ? `${names.slice(0, 5).join(", ")}${more}` : "";
  };
  input.addEventListener("change", tell);
  ["dragenter", "dragover"].forEach((name) => form.addEventListener(name, (event) => {
    event.preventDefault();
    form.classList.add("jalon-drop--over");
  }));
  ["dragleave", "drop"].forEach((name) => form.addEventListener(name, () => form.classList.remove("jalon-drop--over")));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    input.files = event.dataTransfer.files;
    tell();
  });
});
