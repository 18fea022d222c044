/* Charts: arrows move between the points of a map; a button replaces a picture by its interactive version.

   <figure data-jalon-chart data-jalon-spec="/graphiques/carte.json?…" data-jalon-vega="/graphiques/vega.….js">
     <div data-jalon-picture> the SVG </div>
     <button type="button" data-jalon-live hidden>Rendre interactif</button>
     <p data-jalon-status role="status"></p>
   </figure>

   Without this script the picture, its links and its tooltips are there; the button stays hidden. */
(() => {
  "use strict";

  const LOADED = new Map();
  const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

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
      if (!link) return;
      links.forEach((other) => other.setAttribute("tabindex", other === link ? "0" : "-1"));
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

  /* The point of least distance in a cone of 45° on either side of the arrow, a little width costing more than length. */
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

  function load(address) {
    if (!LOADED.has(address)) {
      LOADED.set(address, new Promise((done, failed) => {
        const script = document.createElement("script");
        script.src = address;
        script.onload = () => done(window.jalonVega);
        script.onerror = () => { LOADED.delete(address); failed(new Error(address)); };
        document.head.append(script);
      }));
    }
    return LOADED.get(address);
  }

  const OPTIONS = {
    ast: true,
    renderer: "svg",
    actions: false,
    defaultStyle: false,
    tooltip: { disableDefaultStyle: true },
  };

  async function enliven(figure, button) {
    const status = figure.querySelector("[data-jalon-status]");
    const picture = figure.querySelector("[data-jalon-picture]");
    const say = (text) => { if (status) status.textContent = text; };
    button.disabled = true;
    say("Chargement du graphique interactif…");
    try {
      const [embed, answer] = await Promise.all([load(figure.dataset.jalonVega), fetch(figure.dataset.jalonSpec)]);
      if (!answer.ok) throw new Error(String(answer.status));
      const live = document.createElement("div");
      live.className = "jalon-chart-live";
      await embed(live, await answer.json(), OPTIONS);
      picture.replaceChildren(live);
      button.hidden = true;
      say("Le graphique est interactif.");
    } catch {
      button.disabled = false;
      say("Le graphique interactif n’a pas pu être chargé ; l’image et le tableau restent à jour. Réessayez plus tard.");
    }
  }

  function prepare(root) {
    root.querySelectorAll("svg.jalon-chart:not([data-jalon-ready])").forEach((svg) => {
      svg.dataset.jalonReady = "";
      rove(svg);
    });
    root.querySelectorAll("[data-jalon-chart]").forEach((figure) => {
      const button = figure.querySelector("[data-jalon-live]");
      if (!button || button.dataset.jalonReady !== undefined) return;
      button.dataset.jalonReady = "";
      button.hidden = false;
      button.addEventListener("click", () => enliven(figure, button));
    });
  }

  prepare(document);
  document.addEventListener("htmx:afterSettle", (event) => prepare(event.target));
})();
