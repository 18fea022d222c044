/* Reading by keyboard: the page is a plain form, and this only presses its buttons. */
"use strict";

const form = document.querySelector("[data-jalon-judge]");

function typing(target) {
  return target.matches("textarea, select, input:not([type=checkbox])");
}

function press(selector) {
  const found = document.querySelector(selector);
  if (found) found.click();
  return Boolean(found);
}

/* A digit is told by its place, so that keyboards where it needs Shift work too. */
function themeOf(event) {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code);
  const key = digit ? digit[1] : event.key.toLowerCase();
  return form.querySelector(`[data-jalon-key="${CSS.escape(key)}"]`);
}

function act(event) {
  const theme = themeOf(event);
  if (theme) {
    theme.checked = !theme.checked;
    theme.focus();
    const guide = theme.closest(".jalon-judge__theme").querySelector("details");
    if (guide) guide.open = theme.checked;
    return true;
  }
  switch (event.key) {
    case "Enter":
      if (event.target.matches("a, button, summary")) return false;
      form.requestSubmit();
      return true;
    case "n": case "N":
      form.querySelectorAll("[name=theme]").forEach((box) => { box.checked = false; });
      return true;
    case "u": case "U": return press("[data-jalon-undo]");
    case "ArrowRight": return press("a[rel=next]");
    case "ArrowLeft": return press("a[rel=prev]");
    default: return false;
  }
}

if (form) document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (act(event)) event.preventDefault();
});
