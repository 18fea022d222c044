/* Charts: arrows move between the points of a map; a button puts an interactive version in place of a picture.

   A picture is `<svg class="jalon-picture" data-spec="/graphiques/….json" data-vega="/graphiques/vega.….js">`.
   Without this script the picture, its links and their names are there. Vega is only fetched when it is asked for;
   it evaluates expressions without `eval` (`ast`), and adds no style, so that the site's policy holds. */
(() => {
  "use strict";

  const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
  const OPTIONS = {
    ast: true,
    renderer: "svg",
    actions: false,
    defaultStyle: false,
    tooltip: { disableDefaultStyle: true },
  };
  const LOADED = new Map();

  /* One tab stop for the points of a map, as for any composite widget; arrows go to the nearest point that way. */
  function rove(svg) {
    const links = [...svg.querySelectorAll("a[href]")];
    if (links.length < 2) return;
    const places = links.map((link) => {
      const mark = link.querySelector("circle");
      return mark ? [Number(mark.getAttribute("cx")), Number(mark.getAttribute("cy"))] : [0, 0];
    });
    links.forEach((link, i) => link.setAttribute("tabindex", i ? "-1" : "0"));
    svg.addEventListener("focusin", (event) => {
      const link = event.target.closest("a[href]");
      if (link) links.forEach((other) => other.setAttribute("tabindex", other === link ? "0" : "-1"));
    });
    svg.addEventListener("keydown", (event) => {
      const way = ARROWS[event.key];
      const from = links.indexOf(event.target.closest("a[href]"));
      if (!way || from < 0) return;
      event.preventDefault();
      const to = nearest(places, from, way);
      if (to >= 0) links[to].focus();
    });
  }

  /* The nearest point within 45° of the arrow, going aside costing twice going along. */
  function nearest(places, from, [dx, dy]) {
    let best = -1;
    let least = Infinity;
    places.forEach(([x, y], i) => {
      const along = (x - places[from][0]) * dx + (y - places[from][1]) * dy;
      const aside = Math.abs((x - places[from][0]) * dy) + Math.abs((y - places[from][1]) * dx);
      if (i === from || along <= 0 || aside > along) return;
      const cost = along + 2 * aside;
      if (cost < least) [best, least] = [i, cost];
    });
    return best;
  }

  /* What a link is called, shown to the mouse too. */
  function hint(link) {
    const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
    title.textContent = link.getAttribute("aria-label");
    link.append(title);
  }

  function load(address) {
    if (!LOADED.has(address)) {
      LOADED.set(address, new Promise((done, failed) => {
        const script = document.createElement("script");
        script.src = address;
        script.onload = () => done(window.jalonVega);
        script.onerror = () => { LOADED.delete(address); script.remove(); failed(new Error(address)); };
        document.head.append(script);
      }));
    }
    return LOADED.get(address);
  }

  async function drawn(svg) {
    const [embed, answer] = await Promise.all([load(svg.dataset.vega), fetch(svg.dataset.spec)]);
    if (!answer.ok) throw new Error(String(answer.status));
    const live = document.createElement("div");
    live.className = "jalon-live";
    live.setAttribute("role", "group");
    live.setAttribute("aria-labelledby", svg.getAttribute("aria-labelledby"));
    await embed(live, await answer.json(), OPTIONS);
    return live;
  }

  /* The button under a picture: to the interactive version and back. */
  function offer(svg) {
    const foot = document.createElement("p");
    foot.className = "jalon-live__foot";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "fr-btn fr-btn--tertiary fr-btn--sm";
    button.textContent = "Rendre interactif";
    const status = document.createElement("span");
    status.setAttribute("role", "status");
    foot.append(button, " ", status);
    svg.after(foot);
    let live = null;
    button.addEventListener("click", async () => {
      button.disabled = true;
      try {
        status.textContent = live ? "" : "Chargement…";
        live ??= foot.parentNode.insertBefore(await drawn(svg), foot);
        const back = svg.classList.toggle("jalon-picture--hidden");
        live.hidden = !back;
        button.textContent = back ? "Revenir à l’image" : "Rendre interactif";
        status.textContent = "";
      } catch {
        status.textContent = "La version interactive n’a pas pu être chargée ; l’image et le tableau restent exacts.";
      }
      button.disabled = false;
    });
  }

  function prepare(root) {
    root.querySelectorAll("svg.jalon-picture:not([data-ready])").forEach((svg) => {
      svg.dataset.ready = "";
      rove(svg);
      svg.querySelectorAll("a[aria-label]").forEach(hint);
      if (svg.dataset.spec && svg.dataset.vega) offer(svg);
    });
  }

  prepare(document);
  document.addEventListener("htmx:afterSettle", (event) => prepare(event.target));
})();
