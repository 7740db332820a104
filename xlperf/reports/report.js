// Filters the findings, and opens what a link points into. The page is whole without it.
(() => {
  "use strict";
  const fold = (text) => text.normalize("NFKC").toLowerCase();
  const say = (element, ...values) =>
    element.dataset.words.replace(/%(\d)/g, (_, number) => values[number - 1]);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const folded = target && (target.closest("details") || target.querySelector("details.wall"));
    if (folded && !folded.open) {
      folded.open = true;
      target.scrollIntoView();
    }
  };
  addEventListener("hashchange", reveal);
  reveal();

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all("details:not([open])");
    opened.forEach((rule) => { rule.open = true; });
  });
  addEventListener("afterprint", () => opened.forEach((rule) => { rule.open = false; }));

  const form = document.getElementById("filters");
  if (!form) return;
  const findings = all(".finding").map((element) => ({
    element,
    severity: element.dataset.severity,
    family: element.dataset.family,
    part: element.closest(".part").id,
    text: fold(element.closest(".part").querySelector("h3").textContent + element.textContent),
  }));
  const links = all("a[data-part]");
  const [shown, only, note, nothing] =
    ["shown", "only", "print-note", "nothing-left"].map((id) => document.getElementById(id));
  let part = "";

  const apply = () => {
    const severities = new Set(all("[name=severity]:checked", form).map((box) => box.value));
    const family = form.elements.family.value;
    const words = fold(form.elements.text.value).split(/\s+/).filter(Boolean);
    let left = 0;
    for (const each of findings) {
      const fits = severities.has(each.severity) && (!family || each.family === family) &&
        (!part || each.part === part) && words.every((word) => each.text.includes(word));
      each.element.hidden = !fits;
      left += fits;
    }
    for (const wall of all("details.wall")) wall.open = wall.open || left < findings.length;
    for (const section of all(".part")) section.hidden = !section.querySelector(".finding:not([hidden])");
    for (const link of links) {
      if (link.dataset.part === part) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    const chosen = links.find((link) => link.dataset.part === part);
    shown.textContent = say(shown, left, findings.length);
    only.textContent = chosen ? say(only, chosen.textContent) : "";
    note.textContent = say(note, left, findings.length);
    note.hidden = left === findings.length;
    nothing.hidden = left > 0;
  };

  for (const link of links) link.addEventListener("click", () => { part = link.dataset.part; apply(); });
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => {
    part = "";
    all("details.wall").forEach((wall) => { wall.open = false; });
    setTimeout(() => { apply(); reveal(); });
  });
  form.hidden = false;
  all(".hint").forEach((hint) => { hint.hidden = false; });
  form.reset();
})();
