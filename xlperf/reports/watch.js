// Renews the sections of files that were saved; keeps what is folded open, and the place scrolled to.
(() => {
  "use strict";
  const files = document.getElementById("files");
  const state = document.getElementById("state");
  const [sound, errors, copied] = ["sound", "errors", "copied"].map((id) => document.getElementById(id));
  const known = new Map(); // a section's revision by its number

  const opened = (section) =>
    new Set([...section.querySelectorAll("details[open]")].map((rule) => rule.dataset.rule));

  const renew = async (number, revision) => {
    const answer = await fetch(`section/${number}`, { cache: "no-store" });
    if (!answer.ok) return;
    const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = parsed.querySelector("section.file");
    const old = document.getElementById(`file-${number}`);
    if (old) {
      const open = opened(old);
      for (const rule of fresh.querySelectorAll("details")) rule.open = open.has(rule.dataset.rule);
      old.replaceWith(fresh);
      const grew = Number(fresh.dataset.saves) > Number(old.dataset.saves);
      if (grew && fresh.querySelector("ol.added")) alarm();
    } else {
      document.getElementById("waiting")?.remove();
      files.append(fresh);
    }
    known.set(number, revision);
  };

  const alarm = () => {
    if (!sound.checked) return;
    const context = new AudioContext();
    const tone = context.createOscillator();
    tone.connect(context.destination);
    tone.frequency.value = 660;
    tone.start();
    tone.stop(context.currentTime + 0.15);
  };

  const connected = (is, word) => {
    state.textContent = state.dataset[word];
    state.classList.toggle("lost", !is);
  };

  const news = new EventSource("news");
  news.onopen = () => connected(true, "connected");
  news.onerror = () => connected(false, "lost");
  news.addEventListener("ended", () => { news.close(); connected(false, "ended"); });
  let queue = Promise.resolve();
  news.addEventListener("sections", (event) => {
    const revisions = JSON.parse(event.data);
    queue = queue.then(async () => {
      for (const [number, revision] of Object.entries(revisions)) {
        if (known.get(number) !== revision) await renew(number, revision).catch(() => {});
      }
      for (const section of files.querySelectorAll("section.file")) {
        if (!(section.id.slice(5) in revisions)) section.remove();
      }
    });
  });

  errors.addEventListener("change", () => files.classList.toggle("errors-only", errors.checked));

  let fading = 0;
  const tell = (words, address) => {
    copied.textContent = words.replace("%1", address);
    copied.hidden = false;
    clearTimeout(fading);
    fading = setTimeout(() => { copied.hidden = true; }, 4000);
  };
  files.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-address]");
    if (!button) return;
    const { address } = button.dataset;
    try {
      await navigator.clipboard.writeText(address);
      tell(copied.dataset.words, address);
    } catch {
      tell(copied.dataset.failed, address);
    }
  });
})();
